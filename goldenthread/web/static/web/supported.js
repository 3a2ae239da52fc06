// The components of GOV.UK Frontend only start where the body says that the browser can run them. A file of its own,
// because the page's policy runs no script that is written into it; first in the body, so that nothing jumps.
document.body.classList.add("js-enabled", ...("noModule" in HTMLScriptElement.prototype ? ["govuk-frontend-supported"] : []));
