// PouchDB on LevelDB. A document for each row. A message is what its replicator would carry of the changes since the
// last one: documents with their revisions, written with new_edits: false. A meeting is its replicator itself.
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { refuse, serve, syncFolder } from "./serve.mjs";

const require = createRequire(import.meta.url);
const PouchDB = require("pouchdb");
const realNow = Date.now;

class Replica {
  static version = PouchDB.version;

  static async open(folder, name, others) {
    mkdirSync(folder, { recursive: true });
    const replica = new Replica();
    replica.folder = folder;
    replica.path = join(folder, "office");
    replica.sent = Object.fromEntries(others.map((other) => [other, 0]));
    replica.db = new PouchDB(replica.path);
    await replica.db.info();
    return replica;
  }

  async write(writes) {
    const rows = new Map();
    for (const { table, key, cells, isNew } of writes) {
      const id = `${table}/${key}`;
      rows.set(id, { ...(rows.get(id) ?? (isNew ? { _id: id } : { _id: id, _known: true })), ...cells });
    }
    const known = [...rows.values()].filter((row) => row._known).map((row) => row._id);
    const before = new Map();
    if (known.length) {
      for (const row of (await this.db.allDocs({ keys: known, include_docs: true })).rows) before.set(row.id, row.doc);
    }
    const docs = [...rows.values()].map(({ _known, ...cells }) => ({ ...(before.get(cells._id) ?? {}), ...cells }));
    const failed = (await this.db.bulkDocs(docs)).filter((done) => done.error);
    if (failed.length) throw new Error(JSON.stringify(failed[0]));
    return null;
  }

  async send(to) {
    const { results, last_seq } = await this.db.changes({ since: this.sent[to], style: "all_docs" });
    const wanted = results.flatMap(({ id, changes }) => changes.map(({ rev }) => ({ id, rev })));
    const found = wanted.length ? (await this.db.bulkGet({ docs: wanted, revs: true })).results : [];
    this.sent[to] = last_seq;
    return JSON.stringify(found.flatMap(({ docs }) => docs.map(({ ok }) => ok)));
  }

  async receive(content) {
    const failed = (await this.db.bulkDocs(JSON.parse(content), { new_edits: false })).filter((done) => done?.error);
    if (failed.length) throw refuse(failed[0]);
    // LevelDB leaves it to the system when its log reaches the disk
    syncFolder(this.path);
  }

  async meet(other) {
    for (const [from, to] of [[this, other], [other, this]]) {
      const done = await PouchDB.replicate(from.db, to.db);
      if (!done.ok || done.errors.length) throw refuse(done.errors[0] ?? done);
    }
    syncFolder(this.path);
    syncFolder(other.path);
  }

  async read(table, key) {
    try {
      const { _id, _rev, ...cells } = await this.db.get(`${table}/${key}`);
      return cells;
    } catch (error) {
      if (error.status === 404) return null;
      throw error;
    }
  }

  async conflicts(table, key) {
    const id = `${table}/${key}`;
    const shown = await this.db.get(id, { conflicts: true }).catch(() => ({}));
    const leaves = [shown];
    for (const rev of shown._conflicts ?? []) leaves.push(await this.db.get(id, { rev }));
    const names = Object.keys(shown).filter((name) => !name.startsWith("_"));
    const found = names.map((name) => [name, [...new Set(leaves.map((leaf) => leaf[name]))]]);
    return found.filter(([, values]) => values.length > 1);
  }

  async erase(table, key) {
    await this.db.remove(await this.db.get(`${table}/${key}`));
  }

  async scrub() {
    await this.db.compact();
  }

  async contents() {
    const files = readdirSync(this.path, { recursive: true }).map((name) => join(this.path, name));
    return Buffer.concat(files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path)));
  }

  // LevelDB files are copied while they are not open
  async copy(to) {
    await this.db.close();
    cpSync(this.path, to, { recursive: true });
    this.db = new PouchDB(this.path);
    await this.db.info();
  }

  setClock(ahead) {
    // one process, several offices: its only use of the clock are the times noted in checkpoints
    Date.now = () => realNow() + ahead;
  }

  async save() {
    return (await this.contents()).length;
  }

  async close() {
    Date.now = realNow;
    await this.db.close();
  }
}

await serve(Replica);
