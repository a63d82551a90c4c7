// Automerge: an object for each row at the root of the document, its strings as plain values. Messages are the changes
// since the last one; a meeting is its sync protocol. The document lives in memory.
import * as Automerge from "@automerge/automerge";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { refuse, serve, writeDurably } from "./serve.mjs";

const about = new URL("node_modules/@automerge/automerge/package.json", import.meta.url);

function plain(value) {
  return Automerge.isImmutableString(value) ? value.toString() : value;
}

function toCells(cells) {
  const pairs = Object.entries(cells);
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, typeof value === "string" ? new Automerge.ImmutableString(value) : value]),
  );
}

class Replica {
  static version = JSON.parse(readFileSync(about)).version;

  static async open(folder, name, others) {
    mkdirSync(folder, { recursive: true });
    const replica = new Replica();
    replica.file = join(folder, "office.automerge");
    replica.ahead = 0;
    replica.doc = existsSync(replica.file) ? Automerge.load(readFileSync(replica.file)) : Automerge.init();
    replica.sent = Object.fromEntries(others.map((other) => [other, []]));
    return replica;
  }

  write(writes) {
    const time = Math.floor((Date.now() + this.ahead) / 1000);
    this.doc = Automerge.change(this.doc, { time }, (rows) => {
      for (const { table, key, cells, isNew } of writes) {
        const id = `${table}/${key}`;
        if (isNew) rows[id] = toCells(cells);
        else Object.assign(rows[id], toCells(cells));
      }
    });
  }

  send(to) {
    const changes = Automerge.getChangesSince(this.doc, this.sent[to]);
    this.sent[to] = Automerge.getHeads(this.doc);
    const parts = changes.flatMap((change) => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(change.length);
      return [size, change];
    });
    return Buffer.concat(parts);
  }

  receive(content) {
    const changes = [];
    for (let at = 0; at < content.length; ) {
      const size = content.readUInt32BE(at);
      changes.push(new Uint8Array(content.subarray(at + 4, at + 4 + size)));
      at += 4 + size;
    }
    try {
      [this.doc] = Automerge.applyChanges(this.doc, changes);
    } catch (error) {
      throw refuse(error);
    }
  }

  meet(other) {
    let [mine, theirs] = [Automerge.initSyncState(), Automerge.initSyncState()];
    for (let said = true; said; ) {
      let message;
      said = false;
      [mine, message] = Automerge.generateSyncMessage(this.doc, mine);
      if (message) {
        said = true;
        [other.doc, theirs] = Automerge.receiveSyncMessage(other.doc, theirs, message);
      }
      [theirs, message] = Automerge.generateSyncMessage(other.doc, theirs);
      if (message) {
        said = true;
        [this.doc, mine] = Automerge.receiveSyncMessage(this.doc, mine, message);
      }
    }
  }

  read(table, key) {
    const row = this.doc[`${table}/${key}`];
    return row ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])) : null;
  }

  conflicts(table, key) {
    const row = this.doc[`${table}/${key}`];
    if (!row) return [];
    const found = Object.keys(row).map((name) => [
      name,
      [...new Set(Object.values(Automerge.getConflicts(row, name) ?? {}).map(plain))],
    ]);
    return found.filter(([, values]) => values.length > 1);
  }

  erase(table, key) {
    this.doc = Automerge.change(this.doc, (rows) => {
      delete rows[`${table}/${key}`];
    });
  }

  scrub() {}

  // what is saved is compressed: what it holds is looked for in the changes as they are
  contents() {
    const changes = Automerge.getAllChanges(this.doc).map((change) => JSON.stringify(Automerge.decodeChange(change)));
    return Buffer.concat([Automerge.save(this.doc), Buffer.from(changes.join("\n"))]);
  }

  copy(to) {
    mkdirSync(join(to, ".."), { recursive: true });
    writeDurably(to, Automerge.save(this.doc));
  }

  setClock(ahead) {
    this.ahead = ahead;
  }

  save() {
    const content = Automerge.save(this.doc);
    writeDurably(this.file, content);
    return content.length;
  }

  close() {}
}

await serve(Replica);
