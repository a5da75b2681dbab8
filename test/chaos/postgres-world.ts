/**
 * Four machines on one PostgreSQL with a synchronous standby. Each machine has a folder, a boot id, a role of the database and
 * a link to it of its own; clients reach servers over links as well. A trigger notes each revision of each record and the
 * role that wrote it, in the transaction that writes it.
 */

import path from 'node:path'
import pg from 'pg'
import { migrate } from '#database/open.ts'
import { type LossyProxy, startProxy } from '../postgres/proxy.ts'
import { STANDBY, type TestServer } from '../postgres/start-server.ts'
import { freePort } from '../support/free-port.ts'
import { type DatabasePair, makeTroubles, startDatabase } from './postgres-troubles.ts'
import { createHistory, type History, noteRevision, parse, type Revision } from './witness.ts'
import type { Machine, World } from './world.ts'

const NAME = 'docspool'

interface Plan {
  name: string
  isServer: boolean
  isSupervisor: boolean
  aheadMs: number
}

const HALF_HOUR_MS = 30 * 60_000
const PLANS: Plan[] = [
  { name: 'machine_1', isServer: true, isSupervisor: false, aheadMs: 0 },
  { name: 'machine_2', isServer: true, isSupervisor: true, aheadMs: 0 },
  { name: 'machine_3', isServer: false, isSupervisor: true, aheadMs: HALF_HOUR_MS },
  { name: 'machine_4', isServer: false, isSupervisor: true, aheadMs: -HALF_HOUR_MS },
]

const WITNESS = `
  CREATE SCHEMA chaos;
  CREATE TABLE chaos.revisions (
    n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, job_id text, rev integer, epoch integer, status text, record text,
    writer text, at timestamptz);
  CREATE TABLE chaos.spawns (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, job_id text, epoch integer, body text);
  CREATE TABLE chaos.full_disk (since timestamptz);
  CREATE TABLE chaos.beat (n bigint);
  INSERT INTO chaos.beat VALUES (0);
  CREATE FUNCTION chaos.note_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF EXISTS (SELECT FROM chaos.full_disk) THEN
        RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100';
      END IF;
      IF TG_OP = 'UPDATE' AND (OLD.rev, OLD.epoch, OLD.status, OLD.record) IS NOT DISTINCT FROM
                              (NEW.rev, NEW.epoch, NEW.status, NEW.record) THEN
        RETURN NULL;
      END IF;
      INSERT INTO chaos.revisions (job_id, rev, epoch, status, record, writer, at)
      VALUES (NEW.job_id, NEW.rev, NEW.epoch, NEW.status, NEW.record, session_user, clock_timestamp());
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_revision AFTER INSERT OR UPDATE ON docspool.jobs
    FOR EACH ROW EXECUTE FUNCTION chaos.note_revision();
  CREATE FUNCTION chaos.note_spawn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO chaos.spawns (job_id, epoch, body) VALUES (NEW.job_id, NEW.epoch, NEW.body);
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_spawn AFTER INSERT ON docspool.events
    FOR EACH ROW WHEN (NEW.type = 'spawn') EXECUTE FUNCTION chaos.note_spawn();`

/** As docs/postgres.md says. */
const GRANTS = PLANS.map(
  ({ name }) => `
  GRANT USAGE ON SCHEMA docspool TO ${name};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA docspool TO ${name};`,
).join('')

export async function makePostgresWorld(root: string): Promise<World> {
  const first = await startDatabase()
  const closers: (() => Promise<void>)[] = []
  const pair: DatabasePair = { primary: first, standby: first }
  closers.push(async () => {
    for (const server of new Set(Object.values(pair))) await server.remove()
  })
  try {
    await makeTables(first)
    await first.admin(`ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`)
    pair.standby = await startDatabase(first)
    await first.admin('SELECT pg_reload_conf()')

    const links = new Map<string, LossyProxy>()
    const clients: LossyProxy[] = []
    const link = async (port: number): Promise<LossyProxy> => {
      const proxy = await startProxy(port)
      closers.unshift(() => proxy.close())
      return proxy
    }
    const machines: Machine[] = []
    for (const plan of PLANS) {
      const proxy = await link(first.port)
      links.set(plan.name, proxy)
      const port = await freePort()
      if (plan.isServer) clients.push(await link(port))
      machines.push(toMachine(plan, path.join(root, plan.name), urlOf(plan, first, proxy.port), port))
    }
    const records = createReader(() => pair.primary.url(NAME))
    closers.unshift(records.close)
    return {
      machines,
      origins: clients.map(({ port }) => `http://127.0.0.1:${port}`),
      troubles: makeTroubles({ pair, database: NAME, links, clients }),
      readRecords: records.read,
      async listLooks() {
        return (await records.query('SELECT id FROM docspool.looks')).map(({ id }) => String(id))
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }

  async function close(): Promise<void> {
    for (const each of closers) await each()
  }
}

async function makeTables(server: TestServer): Promise<void> {
  await server.admin(`CREATE DATABASE ${NAME} TEMPLATE template0`)
  for (const { name } of PLANS) await server.admin(`CREATE ROLE ${name} LOGIN PASSWORD '${server.password}'`)
  const url = server.url(NAME)
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(GRANTS + WITNESS)
  await client.end()
}

const urlOf = ({ name }: Plan, { password }: TestServer, port: number): string =>
  `postgres://${name}:${password}@127.0.0.1:${port}/${NAME}`

function toMachine(
  { name, isServer, isSupervisor, aheadMs }: Plan,
  spoolDir: string,
  url: string,
  port: number,
): Machine {
  const preload = new URL(`other-machine.mjs?machine=${name}&ahead=${aheadMs}`, import.meta.url)
  return {
    ...{ name, spoolDir },
    programs: [
      ...(isServer ? [{ name: `server of ${name}`, args: ['serve', `--port=${port}`] }] : []),
      ...(isSupervisor ? [{ name: `supervisor of ${name}`, args: ['supervise'] }] : []),
    ],
    env: {
      DOCSPOOL_DATABASE_URL: url,
      NODE_OPTIONS: `--import=${preload}`,
    },
  }
}

interface RevisionRow {
  n: number
  job_id: string
  rev: number
  epoch: number
  status: Revision['status']
  record: string | null
  writer: string
  at_ms: number
}

/** Rows that are committed out of their order are found by reading so many of those before once more. */
const OVERLAP = 500

function createReader(url: () => string) {
  let connection: pg.Client | undefined
  const seen = new Set<number>()
  let last = 0

  async function query(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    try {
      if (connection === undefined) {
        const client = new pg.Client({
          ...{ connectionString: url(), connectionTimeoutMillis: 2_000, query_timeout: 10_000 },
        })
        client.on('error', () => undefined)
        await client.connect()
        connection = client
      }
      return (await connection.query(text, values)).rows
    } catch (error) {
      await close()
      throw error
    }
  }

  async function close(): Promise<void> {
    const client = connection
    connection = undefined
    await client?.end().catch(() => undefined)
  }

  function note(histories: Map<string, History>, row: RevisionRow): void {
    const { n, job_id: jobId, rev, epoch, status, record, writer, at_ms } = row
    if (seen.has(n)) return
    seen.add(n)
    last = Math.max(last, n)
    const history = histories.get(jobId) ?? createHistory(jobId)
    histories.set(jobId, history)
    const isTwice = history.revisions.has(rev)
    const read = record === null ? { job_id: jobId } : parse(record)
    noteRevision(history, rev, read && { ...read, job_id: jobId, status, rev, epoch }, at_ms)
    if (isTwice) history.spoiled.push(`r${rev} was written twice`)
    history.writtenBy.set(rev, writer)
  }

  async function readAll(histories: Map<string, History>, isThorough: boolean): Promise<void> {
    const from = isThorough ? 0 : last - OVERLAP
    const rows = await query(
      `SELECT n::int, job_id, rev, epoch, status, record, writer, (extract(epoch FROM at) * 1000)::float8 AS at_ms
       FROM chaos.revisions WHERE n > $1 ORDER BY n`,
      [from],
    )
    for (const row of rows as unknown as RevisionRow[]) note(histories, row)
    const kept = await query('SELECT job_id, rev FROM docspool.jobs')
    for (const { onDisk } of histories.values()) onDisk.clear()
    for (const { job_id, rev } of kept) histories.get(String(job_id))?.onDisk.add(Number(rev))
    for (const { job_id, epoch, body } of await query('SELECT job_id, epoch, body FROM chaos.spawns')) {
      const { pid } = JSON.parse(String(body)) as { pid: number }
      const history = histories.get(String(job_id))
      const pids = history?.spawned.get(Number(epoch)) ?? []
      if (!pids.includes(pid)) history?.spawned.set(Number(epoch), [...pids, pid])
    }
  }

  return {
    query,
    close,
    /** While the database is away, what was read before has to do, but not at the end. */
    async read(histories: Map<string, History>, isThorough: boolean) {
      const reading = readAll(histories, isThorough)
      await (isThorough ? reading : reading.catch(() => undefined))
    },
  }
}
