from trusts.models.organisation import Organisation, OrganisationKind
from trusts.models.person import Person, Role
from trusts.models.succession import Succession

__all__ = ["Organisation", "OrganisationKind", "Person", "Role", "Succession"]
