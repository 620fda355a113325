// N3.js, jsonld.js and rdf-canonize as a server of one client: a JSON request a line on stdin, a JSON reply a line
// on stdout. The environment variable NODE_PATH names the folder of the packages.
//
// {"do": "versions"}
// {"do": "read", "file", "format", "quads": FILE, "pretty": FILE}: how many statements there were; what was read is
//     written as N-Quads, and in the writer's own Turtle or TriG
// {"do": "canonize", "file", "quads": FILE}: RDFC-1.0 of N-Quads
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const zlib = require("node:zlib");

const { Parser, Writer } = require("n3");
const jsonld = require("jsonld");
const { canonize } = require("rdf-canonize");

const MEDIA_TYPES = {
  turtle: "text/turtle",
  trig: "application/trig",
  ntriples: "application/n-triples",
  nquads: "application/n-quads",
};

function textOf(file) {
  const bytes = fs.readFileSync(file);
  return (file.endsWith(".gz") ? zlib.gunzipSync(bytes) : bytes).toString("utf8");
}

function written(quads, options) {
  return new Promise((resolve, reject) => {
    const writer = new Writer(options);
    writer.addQuads(quads);
    writer.end((error, text) => (error ? reject(error) : resolve(text)));
  });
}

// Nothing is fetched: a context that is not in the document is an error.
async function refuse(address) {
  throw new Error(`the context ${address} is remote`);
}

async function quadsOf(request) {
  const text = textOf(request.file);
  if (request.format !== "jsonld") {
    const prefixes = {};
    const parser = new Parser({ format: MEDIA_TYPES[request.format] });
    const quads = parser.parse(text, null, (prefix, iri) => (prefixes[prefix] = iri.value));
    return { quads, prefixes };
  }
  const options = { format: "application/n-quads", documentLoader: refuse, safe: true };
  const lines = await jsonld.toRDF(JSON.parse(text), options);
  return { quads: new Parser({ format: MEDIA_TYPES.nquads }).parse(lines), prefixes: {} };
}

async function read(request) {
  const { quads, prefixes } = await quadsOf(request);
  if (request.quads) {
    fs.writeFileSync(request.quads, await written(quads, { format: "application/n-quads" }));
  }
  if (request.pretty) {
    const named = quads.some((quad) => quad.graph.value !== "");
    const format = named ? MEDIA_TYPES.trig : MEDIA_TYPES.turtle;
    fs.writeFileSync(request.pretty, await written(quads, { format, prefixes }));
  }
  return { count: quads.length, messages: [] };
}

async function canonized(request) {
  const lines = "application/n-quads";
  // Without a limit: the graphs of the tests are small.
  const options = { algorithm: "RDFC-1.0", inputFormat: lines, format: lines, maxWorkFactor: Infinity };
  fs.writeFileSync(request.quads, await canonize(textOf(request.file), options));
  return {};
}

async function versions() {
  const told = { node: process.versions.node };
  for (const name of ["n3", "jsonld", "rdf-canonize"]) {
    const place = path.join(process.env.NODE_PATH, name, "package.json");
    told[name] = JSON.parse(fs.readFileSync(place, "utf8")).version;
  }
  return told;
}

async function main() {
  const answers = { read, canonize: canonized, versions };
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let reply;
    try {
      reply = await answers[request.do](request);
    } catch (problem) {
      reply = { failed: String(problem.stack || problem) };
    }
    process.stdout.write(JSON.stringify(reply) + "\n");
  }
}

main();
