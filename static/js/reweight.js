// What bands would have been, had kinds of measure counted otherwise. The sums are those of
// performance/statistics/ratings/kinds.py, and a test holds the two against each other.

// A score just on an edge reaches it, though its float may lie a hair below.
const HAIR = 1e-9;
const sum = (numbers) => numbers.reduce((whole, number) => whole + number, 0);

/** Each measure's part of the whole when kinds have these shares (from 0, in the order of scheme.kinds), which
 *  are scaled to add up to 1. Null where nothing has a share. */
export const measureWeights = (scheme, shares) => {
  const ofKind = scheme.kinds.map((_, kind) => sum(scheme.measures.filter((one) => one.kind === kind).map((one) => one.weight)));
  const weights = scheme.measures.map(({ kind, weight }) => (shares[kind] * weight) / ofKind[kind]);
  const whole = sum(weights);
  return whole > 0 ? weights.map((weight) => weight / whole) : null;
};

/** One trust's score and the place of its band, from its measures' own scores (null where missing). What is
 *  missing leaves its weight to the others of its domain, and a domain without any to the other domains. */
export const rated = (scheme, weights, scores) => {
  const domains = new Map();
  scheme.measures.forEach(({ domain }, at) => {
    const own = domains.get(domain) ?? { all: 0, there: 0, scored: 0 };
    own.all += weights[at];
    if (scores[at] !== null) {
      own.there += weights[at];
      own.scored += weights[at] * scores[at];
    }
    domains.set(domain, own);
  });
  const inPlay = [...domains.values()].filter((domain) => domain.there > 0);
  if (!inPlay.length) return { score: null, band: null };
  const score = sum(inPlay.map(({ all, there, scored }) => (all * scored) / there)) / sum(inPlay.map(({ all }) => all));
  return { score, band: scheme.edges.filter((edge) => score >= edge - HAIR).length };
};

/** Every trust under these shares: its score, its band, and by how many bands that differs from its own. Who had no
 *  band has none here. */
export const reweighted = (scheme, shares) => {
  const weights = measureWeights(scheme, shares);
  return scheme.trusts.map((trust) => {
    if (trust.band === null || !weights) return { score: null, band: null, change: 0 };
    const { score, band } = rated(scheme, weights, trust.scores);
    return { score, band, change: band === null ? 0 : band - trust.band };
  });
};

/** How many are in each band, how many changed and which way, and who: in groups of the same change. */
export const summary = (scheme, found) => {
  const groups = new Map();
  found.forEach(({ band, change }, at) => {
    if (!change) return;
    const trust = scheme.trusts[at];
    const key = `${trust.band}-${band}`;
    groups.set(key, groups.get(key) ?? { from: trust.band, to: band, trusts: [] });
    groups.get(key).trusts.push(trust);
  });
  const changes = found.map(({ change }) => change);
  return {
    numbers: scheme.bands.map((_, place) => found.filter(({ band }) => band === place).length),
    up: changes.filter((change) => change > 0).length,
    down: changes.filter((change) => change < 0).length,
    unsure: found.filter(({ change }, at) => change && scheme.trusts[at].is_unsure).length,
    groups: [...groups.values()].sort((one, other) => other.to - other.from - (one.to - one.from) || other.from - one.from),
  };
};

const PREFIX = "#weights=";

/** A preset by its name, or the share of each kind: '#weights=timeliness:40,outcome:60'. */
export const written = (scheme, { preset, shares }) =>
  PREFIX + (preset ?? scheme.kinds.map(({ slug }, at) => `${slug}:${Math.round(100 * shares[at])}`).join(","));

/** What an address asks for, or null where it asks for nothing that there is. */
export const readFrom = (scheme, address) => {
  if (!address.startsWith(PREFIX)) return null;
  const asked = address.slice(PREFIX.length);
  if (Object.hasOwn(scheme.presets, asked)) return { preset: asked, shares: scheme.presets[asked] };
  const given = new Map(asked.split(",").map((part) => part.split(":")));
  const shares = scheme.kinds.map(({ slug }) => Math.min(Math.max(Number(given.get(slug)), 0), 100) / 100);
  return shares.every(Number.isFinite) ? { preset: null, shares } : null;
};

const PATIENCE = 600;

const start = (tool) => {
  const scheme = JSON.parse(document.getElementById("reweighting-data").textContent);
  const words = tool.dataset;
  const sliders = [...tool.querySelectorAll("input[type=range]")];
  const presets = [...tool.querySelectorAll("[data-preset]")];
  const part = (name) => tool.querySelector(`[data-part=${name}]`);
  const asItWas = { preset: "as-it-was", shares: scheme.presets["as-it-was"] };
  let waiting;

  const sentence = ({ up, down, numbers }) => {
    const of = sum(numbers);
    if (!of) return words.nobody;
    const ways = [up && `${up} ${words.up}`, down && `${down} ${words.down}`].filter(Boolean).join(", ");
    return `${up + down || words.none} ${words.of} ${of} ${words.change}${ways && `: ${ways}`}`;
  };

  const row = ({ from, to, trusts }) => {
    const item = document.createElement("li");
    const head = document.createElement("strong");
    head.textContent = `${to > from ? "▲" : "▼"} ${scheme.bands[from]} ${words.to} ${scheme.bands[to]}: ${trusts.length}`;
    const names = trusts.map(({ name, is_unsure }) => name.replace(/ Probation Trust$/, "") + (is_unsure ? " *" : ""));
    item.append(head, document.createElement("br"), names.join(", "));
    return item;
  };

  /** Readers of screens hear the end of a movement, not each step of it. */
  const announce = (text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (part("status").textContent = text), PATIENCE);
  };

  const show = (state) => {
    const whole = sum(state.shares);
    sliders.forEach((slider, at) => {
      const text = `${whole ? Math.round((100 * state.shares[at]) / whole) : 0}%`;
      slider.value = Math.round(100 * state.shares[at]);
      slider.setAttribute("aria-valuetext", `${text} ${words.ofTheWeight}`);
      tool.querySelector(`output[for=${slider.id}]`).textContent = text;
    });
    presets.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.preset === state.preset)));
    const said = summary(scheme, reweighted(scheme, state.shares));
    part("sentence").textContent = sentence(said);
    said.numbers.forEach((number, place) => (tool.querySelector(`[data-band="${place}"]`).textContent = number));
    part("who").replaceChildren(...said.groups.map(row));
    part("unsure").hidden = !said.unsure;
    announce(sentence(said));
  };

  const move = (state) => {
    show(state);
    history.replaceState(null, "", state.preset === asItWas.preset ? location.pathname + location.search : written(scheme, state));
  };

  sliders.forEach((slider) =>
    slider.addEventListener("input", () => move({ preset: null, shares: sliders.map(({ value }) => value / 100) })),
  );
  presets.forEach((button) =>
    button.addEventListener("click", () => move({ preset: button.dataset.preset, shares: scheme.presets[button.dataset.preset] })),
  );
  const restore = () => show(readFrom(scheme, location.hash) ?? asItWas);
  window.addEventListener("hashchange", restore);
  tool.hidden = false;
  restore();
};

const tool = globalThis.document?.getElementById("reweighting-tool");
if (tool) start(tool);
