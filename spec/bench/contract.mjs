/** A contract of any size: per five functions one resource of eight fields, two reads and three mutations. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const words = [
  "order",
  "parcel",
  "invoice",
  "ticket",
  "vendor",
  "shelf",
  "route",
  "device",
  "policy",
  "ledger",
];
const pascal = (name) => name.replace(/(^|_)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());

function resource(index) {
  const name = `${words[index % words.length]}_${index}`;
  const type = pascal(name);
  return `/// One ${name.replaceAll("_", " ")} as the warehouse knows it.
type ${type} {
    id integer
    /// Shown in lists.
    title string min-length=1 max-length=120
    state ${type}State default=open
    owner_id integer
    amount decimal
    tags list<string>
    note string?
    changed_at datetime
}
enum ${type}State open held closed
error ${type}NotFound status=404 { ${name}_id integer }

context ${name} {
    /// The ${name.replaceAll("_", " ")} itself.
    function ${name}_detail ${name}_id=integer -> ${type} { errors ${type}NotFound }
    function ${name}_list ${name}_id=integer limit=integer? -> list<${type}>
}
/// Makes a new one.
function create_${name} ${name}_id=integer title=string amount=decimal -> ${type} { merge ${name} slot=${name}_list by=id }
function update_${name} -> ${type} {
    input {
        ${name}_id integer
        title string min-length=1 max-length=120
        note string?
    }
    merge ${name} slot=${name}_detail
    errors ${type}NotFound
}
function close_${name} ${name}_id=integer -> boolean { affects ${name}; errors ${type}NotFound }
`;
}

/** The texts of a contract of `functions` functions in `files` files. */
function contractTexts(functions, files) {
  const texts = Array.from({ length: files }, () => "");
  for (let index = 0; index < functions / 5; index += 1)
    texts[index % files] += resource(index) + "\n";
  return texts;
}

/** Writes a project with such a contract and all targets; answers the files of the contract. */
export function writeProject(folder, functions, files) {
  const contract = join(folder, "contract");
  mkdirSync(contract, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    '{ "name": "bench", "private": true, "type": "module" }\n',
  );
  writeFileSync(
    join(folder, "mizan.config.kdl"),
    'contract "contract"\nserver "src/mizan/server" {\n    handlers "src/handlers"\n}\nclient "web/src/mizan" {\n    target "react"\n}\n',
  );
  return contractTexts(functions, files).map((text, index) => {
    const file = join(contract, `part-${String(index).padStart(2, "0")}.kdl`);
    writeFileSync(file, text);
    return file;
  });
}
