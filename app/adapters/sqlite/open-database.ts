/**
 * Opens the lab's SQLite file: WAL, synchronous NORMAL, migrated to the newest version.
 *
 * better-sqlite3 13 ends the process with a segmentation fault on runtimes below Node-API 10, so that is looked at before the
 * module is touched.
 */
import type BetterSqlite3 from "better-sqlite3";
import { LabError } from "#contracts/errors.ts";

export type Database = BetterSqlite3.Database;

/** Step n brings a file from version n to n + 1. Steps are never edited, only added. */
const migrations = [
  `create table event (
     seq integer primary key,
     id text not null,
     time text not null,
     type text not null,
     source text not null,
     data text not null,
     previous blob not null,
     hash blob not null
   ) strict;
   create index event_type on event (type, seq);
   create table chain (id integer primary key check (id = 1), head integer not null, hash blob not null, trimmed integer not null, released integer not null) strict;
   insert into chain values (1, 0, zeroblob(32), 0, 0);
   create table chunk (hash blob primary key, bytes blob not null) strict, without rowid;
   create table checkpoint (id integer primary key, burst integer not null, time text not null) strict;
   create table checkpoint_chunk (
     checkpoint integer not null references checkpoint (id) on delete cascade,
     ordinal integer not null,
     part text not null,
     hash blob not null,
     primary key (checkpoint, ordinal)
   ) strict, without rowid;
   create index checkpoint_chunk_hash on checkpoint_chunk (hash);
   create table setting (key text primary key, value text not null) strict, without rowid;`,
] as const;

export async function openDatabase(file: string): Promise<Database> {
  if (Number(process.versions.napi) < 10) {
    throw new LabError(
      "E_UNSUPPORTED",
      "The event store needs Node 22.15 or newer",
      { napi: process.versions.napi },
      "Start Gyrus by npm start, which brings its own.",
    );
  }
  const { default: Sqlite } = await import("better-sqlite3");
  const database = new Sqlite(file);
  try {
    database.pragma("journal_mode = wal");
    database.pragma("synchronous = normal");
    database.pragma("foreign_keys = on");
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database): void {
  const version = database.pragma("user_version", { simple: true }) as number;
  if (version > migrations.length) {
    throw new LabError(
      "E_IO",
      "The event store was written by a newer Gyrus",
      { version, known: migrations.length },
      "Update Gyrus, or choose another state folder.",
    );
  }
  database.transaction(() => {
    for (const step of migrations.slice(version)) database.exec(step);
    database.pragma(`user_version = ${migrations.length}`);
  })();
}
