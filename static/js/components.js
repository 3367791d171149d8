// Starts the components of the GOV.UK and MoJ design systems that a page uses. Their addresses
// carry a hash, so the page hands them over.
const { govuk, moj } = document.querySelector("script[data-govuk]").dataset;

const [{ createAll, SkipLink, ServiceNavigation, Button, ErrorSummary, PasswordInput }, { SortableTable }] = await Promise.all([import(govuk), import(moj)]);

[SkipLink, ServiceNavigation, Button, ErrorSummary, PasswordInput, SortableTable].forEach((component) => createAll(component));
