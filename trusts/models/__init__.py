from trusts.models.api_token import ApiToken
from trusts.models.organisation import Organisation, OrganisationKind
from trusts.models.person import Person, Role
from trusts.models.succession import Succession

__all__ = ["ApiToken", "Organisation", "OrganisationKind", "Person", "Role", "Succession"]
