// Replicas of one peer, worked by lines of JSON: {"do": name, "id": replica, ...} in, {"ok": value} or
// {"refused": text} or {"failed": text} out. Messages lie in files; what takes them in is timed here.
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export function syncFolder(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) {
      const file = openSync(path, "r");
      fsyncSync(file);
      closeSync(file);
    }
  }
}

export function writeDurably(path, content) {
  const file = openSync(path, "w");
  writeFileSync(file, content);
  fsyncSync(file);
  closeSync(file);
}

async function answer(Replica, replicas, asked) {
  const replica = replicas.get(asked.id);
  switch (asked.do) {
    case "version":
      return Replica.version;
    case "open":
      replicas.set(asked.id, await Replica.open(asked.folder, asked.name, asked.others));
      return null;
    case "send":
      writeFileSync(asked.file, await replica.send(asked.to));
      return null;
    case "receive": {
      const content = readFileSync(asked.file);
      const start = performance.now();
      await replica.receive(content);
      return (performance.now() - start) / 1000;
    }
    case "meet":
      await replica.meet(replicas.get(asked.with));
      return null;
    case "contents":
      writeFileSync(asked.file, await replica.contents());
      return null;
    case "close":
      replicas.delete(asked.id);
      return replica.close();
    default:
      return replica[asked.do](...(asked.arguments ?? []));
  }
}

export async function serve(Replica) {
  const replicas = new Map();
  for await (const line of createInterface({ input: process.stdin })) {
    let said;
    try {
      said = { ok: (await answer(Replica, replicas, JSON.parse(line))) ?? null };
    } catch (error) {
      said = { [error.refuses ? "refused" : "failed"]: `${error.message ?? error}` };
    }
    process.stdout.write(JSON.stringify(said) + "\n");
  }
}

export function refuse(error) {
  return Object.assign(new Error(`${error.message ?? error}`), { refuses: true });
}
