"use strict";
// The panel: lists of names and links, and the statements behind each. Texts enter the page as text nodes only.

const STATUS = {
  asserted: { name: "asserted", help: "the article says so itself" },
  claimed: { name: "claimed", help: "somebody says so; the article only reports it" },
  denied: { name: "denied", help: "the article, or somebody in it, says it is not so" },
  planned: { name: "planned or possible", help: "announced, intended, demanded, possible or conditional" },
  ended: { name: "no longer so", help: "was so once" },
  unsure: { name: "unsure", help: "the sentence is hard to read: this may not be what it says" },
};
const KIND = { person: "people", organization: "organisations", place: "places", event: "events", other: "other" };
const MODALITY = {
  actual: "actual",
  possible: "possible",
  future: "still to come",
  intended: "intended",
  required: "required",
  requested: "asked for",
  conditional: "under a condition",
};
const LINE = { asserted: "", claimed: "5 3", denied: "", planned: "1 4", ended: "1 3", unsure: "1 5" };
const SVG = "http://www.w3.org/2000/svg";
const SHAPE = {
  person: "M9 3a6 6 0 1 0 .01 0z",
  organization: "M4 4h10v10h-10z",
  place: "M9 3l7 12h-14z",
  event: "M9 1.5l2.2 5 5.3.5-4 3.6 1.2 5.3-4.7-2.8-4.7 2.8 1.2-5.3-4-3.6 5.3-.5z",
  other: "M5.5 3h7l3.5 6-3.5 6h-7l-3.5-6z",
};

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined));
  return element;
}

function svg(width, paths) {
  const image = document.createElementNS(SVG, "svg");
  image.setAttribute("width", width);
  image.setAttribute("height", 18);
  image.setAttribute("aria-hidden", "true");
  for (const [cls, d, dash] of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", cls);
    path.setAttribute("d", d);
    if (dash) path.setAttribute("stroke-dasharray", dash);
    image.append(path);
  }
  return image;
}

function lineSample(status, attributed) {
  const dash = attributed && status === "denied" ? LINE.claimed : LINE[status];
  const paths = [["line " + status, "M1 9h26", dash]];
  if (status === "denied") paths.push(["line denied", "M10 5l8 8M10 13l8-8", ""]);
  return svg(28, paths);
}

function shapeSample(kind, named = true) {
  return svg(18, [["shape " + kind + (named ? "" : " hollow"), SHAPE[kind], ""]]);
}

function plural(n, one, many) {
  return n.toLocaleString("en") + " " + (n === 1 ? one : many || one + "s");
}

// The pieces of a sentence; the marked ones say on hover what they are.
function markedSentence(text, marks) {
  const quote = el("blockquote");
  let done = 0;
  for (const [start, end, role] of marks) {
    quote.append(text.slice(done, start));
    quote.append(el("mark", { class: role === "predicate" || role === "speaker" ? role : "argument", title: role }, text.slice(start, end)));
    done = end;
  }
  quote.append(text.slice(done));
  return quote;
}

class Panel {
  // choose(selection) as in Drawing; shows(kind, row) tells whether the filters let a node or link through.
  constructor(root, data, choose, shows) {
    Object.assign(this, { root, data, choose, shows, tab: "names", query: "" });
    this.ends = data.edges.map((edge) => [edge.from, edge.to].map((id) => data.nodes.findIndex((node) => node.id === id)));
  }

  show(selection, query) {
    this.query = query;
    const content = !selection ? this.overview() : selection.node !== undefined ? this.node(selection.node) : this.link(selection.link);
    this.root.replaceChildren(...content.filter(Boolean));
    this.root.scrollTop = 0;
  }

  name(row) {
    return this.data.nodes[row].label;
  }

  overview() {
    return this.query ? this.found(this.query) : [this.intro(), this.tabs(), this.list()];
  }

  intro() {
    const { summary, articles } = this.data;
    const left = summary.leftOut ? " " + plural(summary.leftOut, "less prominent name") + " left out of the drawing." : "";
    const unnamed = summary.unnamed ? plural(summary.unnamed, "participant") + " without a name, and numbers and dates, are not drawn: find them in the statements about each name." : "";
    return el(
      "div",
      { class: "intro" },
      el("p", {}, "Each link is what an article says, or reports somebody as saying. Choose a link or a name to read the sentences behind it."),
      el("details", articles.length > 4 ? {} : { open: "" },
        el("summary", { class: "muted" }, plural(articles.length, "article")),
        el("ul", { class: "sources" }, articles.map((article) => el("li", {}, this.source(article))))),
      unnamed || left ? el("p", { class: "muted" }, unnamed + left) : null,
    );
  }

  tabs() {
    const tab = (key, label) =>
      el("button", { type: "button", "aria-pressed": String(this.tab === key), onclick: () => this.turnTo(key) }, label);
    return el("div", { class: "tabs", role: "group", "aria-label": "List" }, tab("names", "Names"), tab("links", "Links"));
  }

  turnTo(key) {
    this.tab = key;
    this.show(null, "");
    this.root.querySelector(".tabs [aria-pressed=true]").focus();
  }

  list() {
    const rows = (this.tab === "names" ? this.data.nodes : this.data.links).map((_, row) => row);
    const kind = this.tab === "names" ? "node" : "link";
    const shown = rows.filter((row) => this.shows[kind](row));
    const items = shown.map((row) => (kind === "node" ? this.nodeItem(row) : this.linkItem(row)));
    return items.length ? el("ul", { class: "list" }, items) : el("p", { class: "muted" }, "Nothing passes the filters.");
  }

  nodeItem(row) {
    const entity = this.data.entities[row];
    const button = el("button", { type: "button", onclick: () => this.choose({ node: row }, true) },
      shapeSample(entity.kind, entity.named), el("span", { class: entity.named ? "grow" : "grow muted" }, this.name(row)), el("span", { class: "count", title: "mentions" }, String(entity.mentions)));
    return el("li", {}, button);
  }

  linkItem(row) {
    const link = this.data.links[row];
    const [from, to] = this.ends[row];
    return el("li", {}, el("button", { type: "button", onclick: () => this.choose({ link: row }, true) },
      lineSample(link.status, link.attributed),
      el("span", { class: "grow" }, el("b", {}, this.name(from)), " " + link.relation + " ", el("b", {}, this.name(to)), el("span", { class: "by" }, saysWho(link))),
      link.n > 1 ? el("span", { class: "count" }, String(link.n)) : null));
  }

  found(query) {
    const wanted = query.toLocaleLowerCase("en");
    const has = (text) => text.toLocaleLowerCase("en").includes(wanted);
    const names = this.data.nodes.map((_, row) => row)
      .filter((row) => has(this.name(row)) || this.data.entities[row].aliases.some(has));
    const statements = this.data.statements.map((_, row) => row)
      .filter((row) => has(this.data.sentences[this.data.statements[row].sentence].text));
    return [
      el("h2", {}, "Found for “" + query + "”"),
      el("h3", {}, plural(names.length, "name")),
      el("ul", { class: "list" }, names.slice(0, 50).map((row) => this.nodeItem(row))),
      el("h3", {}, plural(statements.length, "statement")),
      ...statements.slice(0, 50).map((row) => this.folded(row, 0)),
      statements.length > 50 ? el("p", { class: "muted" }, "Only the first 50 are listed.") : null,
    ];
  }

  back() {
    return el("button", { type: "button", class: "back", onclick: () => this.choose(null) }, "← All names and links");
  }

  node(row) {
    const entity = this.data.entities[row];
    const links = this.data.links.map((_, k) => k).filter((k) => this.ends[k].includes(row) && this.shows.link(k));
    const known = [entity.type, "mentioned " + plural(entity.mentions, "time") + " in " + plural(entity.articles, "article")];
    const wikidata = entity.identifiers.wikidata;
    return [
      this.back(),
      el("h2", {}, shapeSample(entity.kind, entity.named), " ", this.name(row)),
      el("p", { class: "muted" }, known.join(" · "), wikidata ? " · Wikidata " + wikidata : ""),
      entity.aliases.length ? el("p", {}, el("span", { class: "muted" }, "Also: "), entity.aliases.join(", ")) : null,
      links.length ? el("h3", {}, plural(links.length, "link")) : null,
      links.length ? el("ul", { class: "list" }, links.map((k) => this.linkItem(k))) : null,
      ...this.statements((links.length ? "Also about " : "About ") + this.name(row), entity.about, entity.nAbout),
      ...this.statements("Said by " + this.name(row), entity.said, entity.nSaid),
    ];
  }

  statements(title, readings, n) {
    if (!readings.length) return [];
    const more = n > readings.length ? el("p", { class: "muted" }, "and " + plural(n - readings.length, "more")) : null;
    return [el("h3", {}, title + " (" + n + ")"), ...readings.map(([row, triple]) => this.folded(row, triple)), more];
  }

  link(row) {
    const link = this.data.links[row];
    const [from, to] = this.ends[row];
    const end = (node) => el("button", { type: "button", class: "name", onclick: () => this.choose({ node }, true) }, shapeSample(this.data.entities[node].kind, this.data.entities[node].named), this.name(node));
    const more = link.n > link.readings.length ? el("p", { class: "muted" }, "and " + plural(link.n - link.readings.length, "more statement")) : null;
    return [
      this.back(),
      el("h2", { class: "link" }, end(from), lineSample(link.status, link.attributed), el("span", { "aria-label": "to" }, "▸"), end(to)),
      el("p", { class: "muted" }, STATUS[link.status].name + ": " + STATUS[link.status].help),
      ...link.readings.map(([statement, triple]) => this.card(statement, triple)),
      more,
    ];
  }

  reading(statement, triple) {
    const [subject, relation, object] = statement.triples[triple];
    const denied = statement.polarity === "negative" ? el("span", { class: "not" }, "✕ not ") : null;
    const planned = statement.modality === "actual" ? null : el("span", { class: "maybe" }, statement.modality + " ");
    return [planned, denied, el("b", {}, subject), (subject && " ") + relation + (object && " "), el("b", {}, object)];
  }

  folded(row, triple) {
    const statement = this.data.statements[row];
    const details = el("details", { class: "card " + statement.status }, el("summary", {}, lineSample(statement.status, statement.speakers.length > 0), el("span", { class: "grow" }, this.reading(statement, triple), this.byline(statement))));
    details.addEventListener("toggle", () => details.childElementCount > 1 || details.append(...this.evidence(statement)), { once: true });
    return details;
  }

  byline(statement) {
    return statement.speakers.length ? el("span", { class: "by" }, ", says " + statement.speakers.map((s) => s.name).join(", according to ")) : null;
  }

  card(row, triple) {
    const statement = this.data.statements[row];
    return el("section", { class: "card " + statement.status }, el("p", { class: "reading" }, this.reading(statement, triple)), ...this.evidence(statement));
  }

  evidence(statement) {
    const sentence = this.data.sentences[statement.sentence];
    const rows = [
      ["Says who", this.speakers(statement.speakers)],
      ["Stated as", (statement.polarity === "negative" ? "denied" : "affirmed") + " · " + MODALITY[statement.modality] + (statement.ended ? " · no longer so" : "") + (statement.status === "unsure" ? " · unsure reading" : "")],
      ["When", statement.time ? this.when(statement.time) : null],
      ["Where", statement.place],
      ["Source", this.source(this.data.articles[sentence.article])],
    ];
    const list = rows.filter(([, value]) => value).map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]);
    return [markedSentence(sentence.text, statement.marks), el("dl", {}, list)];
  }

  speakers(speakers) {
    if (!speakers.length) return "the article itself";
    return speakers.flatMap((speaker, k) => [
      k ? ", reported by " : "",
      speaker.node === null ? speaker.name : el("button", { type: "button", class: "name", onclick: () => this.choose({ node: speaker.node }, true) }, speaker.name),
      speaker.cue ? " (“" + speaker.cue + "”)" : "",
    ]);
  }

  when(time) {
    const ends = !time.end ? "from " + time.start + " on" : !time.start ? "up to " + time.end : time.start + " to " + time.end;
    const days = time.start === time.end ? time.start : ends;
    return "“" + time.text + "”" + (days ? ": " + days : "");
  }

  source(article) {
    const title = article.title || article.path || "untitled article";
    const link = article.url ? el("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, title) : title;
    return [[article.outlet, article.date].filter(Boolean).join(", "), " "].filter((text) => text.trim()).concat(article.outlet || article.date ? [" · "] : [], [link]);
  }
}
