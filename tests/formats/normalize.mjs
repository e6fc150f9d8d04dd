// Prints how many cells draw.io's own normalisation would change in each file, as JSON: node normalize.mjs MODULES FILE ...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const { normalizeDiagram } = await import(pathToFileURL(`${modules}/@drawio/mcp/src/normalize-model.js`));
console.log(JSON.stringify(files.map((file) => normalizeDiagram(readFileSync(file, "utf8")).changed)));
