// Builds the front-end files from static/src and node_modules into static/build. Run by scripts/set_up.py.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const MODULES = join(ROOT, "node_modules");
const BUILD = join(ROOT, "static", "build");
// Not below static/, where a half-made file could be collected; on the same disk, so that a rename will do.
const UNFINISHED = join(MODULES, ".build");
const MOJ = join(MODULES, "@ministryofjustice", "frontend", "moj");
const PLOTLY = join(MODULES, "plotly.js-basic-dist-min", "plotly-basic.min.js");
const SCRIPTS = [join(MODULES, "govuk-frontend", "dist", "govuk", "govuk-frontend.min.js"), join(MOJ, "moj-frontend.min.js"), PLOTLY];
const FEWEST_PLOTLY_RULES = 50;

/** An error whose message is a sentence for whoever runs the build. */
class BuildError extends Error {}

/** The text without its source map reference: the hashing storage refuses a reference to a file that is not there. */
function withoutSourceMap(text) {
  return text.replace(/\/\/# sourceMappingURL=\S+\s*$/, "").trimEnd() + "\n";
}

function copyScripts() {
  for (const path of SCRIPTS) {
    writeFileSync(join(UNFINISHED, path.split(/[\\/]/).at(-1)), withoutSourceMap(readFileSync(path, "utf8")));
  }
}

/** Only the MoJ icons: logotypes with crown or crest belong to government addresses. */
function copyIcons() {
  const icons = readdirSync(join(MOJ, "assets", "images")).filter((name) => /^icon-.*\.svg$/.test(name));
  for (const name of icons) {
    cpSync(join(MOJ, "assets", "images", name), join(UNFINISHED, "images", name));
  }
}

/** The MoJ library uses what GOV.UK Frontend has deprecated, which is not ours to mend: show other warnings only. */
function warnOfOurs(message, { stack, span }) {
  const from = span?.url?.pathname ?? stack ?? "";
  if (!from.includes("node_modules/@ministryofjustice/")) {
    console.warn(`Warning: ${message}\n${from}`);
  }
}

async function compileStyles() {
  const sass = await import(pathToFileURL(join(MODULES, "sass", "sass.node.mjs")));
  const compiled = sass.compile(join(ROOT, "static", "src", "dashboard.scss"), {
    loadPaths: [MODULES, ROOT],
    quietDeps: true,
    logger: { warn: warnOfOurs },
    style: "compressed",
  });
  checkAddresses(compiled.css);
  writeFileSync(join(UNFINISHED, "dashboard.css"), compiled.css + "\n");
}

/** Fails on an address in the style sheet that is not a file of ours: collectstatic would fail later, and less clearly. */
function checkAddresses(css) {
  const addresses = [...css.matchAll(/url\(["']?([^"')]+)["']?\)/g)].map((match) => match[1]);
  const missing = addresses.filter((address) => !address.startsWith("data:") && !existsSync(join(UNFINISHED, address)));
  if (missing.length > 0) {
    throw new BuildError(`dashboard.css refers to files that are not in static/build: ${[...new Set(missing)].join(", ")}.`);
  }
}

/** As much of a browser as the Plotly bundle touches while it loads; every style rule it adds lands in `rules`. */
function stubBrowser(rules) {
  const element = () => ({
    setAttribute() {},
    appendChild() {},
    style: { setProperty() {} },
    // Plotly inserts each rule before all earlier ones.
    sheet: { insertRule: (rule) => rules.unshift(rule) },
  });
  const document = {
    documentElement: element(),
    head: element(),
    getElementById: () => null,
    createElement: element,
    createTextNode: element,
  };
  const browser = { document, navigator: { userAgent: "" }, DOMParser: class {} };
  return Object.assign(browser, { window: browser, self: browser });
}

/** Plotly adds its styles by script, which our Content-Security-Policy forbids: we serve the same rules as a file. */
function writePlotlyStyles() {
  const rules = [];
  try {
    vm.runInNewContext(readFileSync(PLOTLY, "utf8"), stubBrowser(rules));
  } catch (error) {
    throw new BuildError(`plotly-basic.min.js did not load outside a browser (${error.message}): extend stubBrowser.`);
  }
  if (rules.length < FEWEST_PLOTLY_RULES) {
    throw new BuildError(
      `plotly-basic.min.js gave ${rules.length} style rules where at least ${FEWEST_PLOTLY_RULES} are expected: it has changed how it adds them.`,
    );
  }
  writeFileSync(join(UNFINISHED, "plotly.css"), rules.join("\n") + "\n");
}

/** What was built before stays until all is built anew: a mistake in a style sheet leaves a site that works. */
async function build() {
  rmSync(UNFINISHED, { recursive: true, force: true });
  mkdirSync(join(UNFINISHED, "images"), { recursive: true });
  copyScripts();
  copyIcons();
  await compileStyles();
  writePlotlyStyles();
  rmSync(BUILD, { recursive: true, force: true });
  renameSync(UNFINISHED, BUILD);
}

/** One line for our own errors and for mistakes in a style sheet; all there is to know for anything else. */
function describe(error) {
  if (error.sassMessage) {
    const { start, url } = error.span;
    return `${url ? relative(ROOT, fileURLToPath(url)) : "style sheet"}, line ${start.line + 1}: ${error.sassMessage}`;
  }
  return error instanceof BuildError ? error.message : (error.stack ?? String(error));
}

try {
  await build();
} catch (error) {
  console.error(`The front end could not be built: ${describe(error)}`);
  process.exit(1);
}
