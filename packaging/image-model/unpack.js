// Writes one model of the npm package nsfwjs as OUT.json (layers, weights' places) and OUT.bin.
// node unpack.js PACKAGE/dist/models/mobilenet_v2 OUT
const fs = require("fs");
const path = require("path");

const [folder, out] = process.argv.slice(2);
const content = (file) => {
  const module = require(path.resolve(folder, file));
  return module.default ?? module;
};
const number = (file) => parseInt(file.match(/shard(\d+)/)[1], 10);

fs.writeFileSync(out + ".json", JSON.stringify(content("model.min.js")));
const shards = fs.readdirSync(folder).filter((file) => file.startsWith("group1"));
shards.sort((one, other) => number(one) - number(other));
const parts = shards.map((file) => {
  const shard = content(file);
  return Buffer.from(typeof shard === "string" ? shard : Object.values(shard)[0], "base64");
});
fs.writeFileSync(out + ".bin", Buffer.concat(parts));
