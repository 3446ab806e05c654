/* PouchDB as `bench sync` runs it: a document for each person and each activity, its own server beside.

   node pouchdb.js serve FOLDER PORT · prepare FOLDER URL WORK · push FOLDER URL */

"use strict";

const fs = require("fs");
const path = require("path");
const PouchDB = require("pouchdb");

const MOST_TRIES = 40;
const [asked, folder, where, work] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const asDocuments = (rows) => rows.map(({ id, ...fields }) => ({ _id: id, ...fields }));
const local = () => new PouchDB(path.join(folder, "pouch-client"));
const remote = () => new PouchDB(`${where}carnet`);

function serve() {
  const data = path.join(folder, "pouch-server");
  fs.mkdirSync(data, { recursive: true });
  const kept = PouchDB.defaults({ prefix: data + path.sep });
  const app = require("express")();
  app.use("/", require("express-pouchdb")(kept, { mode: "minimumForPouchDB", inMemoryConfig: true }));
  app.listen(Number(where), "127.0.0.1", () => console.log("listening"));
}

async function prepare() {
  const isNew = !fs.existsSync(path.join(folder, "pouch-client"));
  const database = local();
  if (isNew) {
    await database.bulkDocs(asDocuments(read(path.join(folder, "people.json"))));
    await database.replicate.to(remote());
  }
  await database.bulkDocs(asDocuments(read(work)));
  await database.close();
}

async function push() {
  const database = local();
  await database.info();
  const begun = process.hrtime.bigint();
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    try {
      await database.replicate.to(remote());
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      console.log(JSON.stringify({ seconds, tries }));
      process.exit(0);
    } catch (error) {
      console.error(String(error.message || error));
    }
  }
  process.exit(1);
}

({ serve, prepare, push })[asked]();
