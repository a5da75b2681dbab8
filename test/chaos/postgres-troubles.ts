/** What happens to a database, and to the links between it, the machines and their clients. */

import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Link, LossyProxy } from '../postgres/proxy.ts'
import { startServer, type TestServer } from '../postgres/start-server.ts'
import { signal } from './processes.ts'
import type { Random } from './random.ts'
import type { Trouble } from './world.ts'

export interface DatabasePair {
  primary: TestServer
  standby: TestServer
}

/** Enough for all machines and the connections that proxies hold open. */
const SETTINGS = ['max_connections=200', 'wal_retrieve_retry_interval=200ms']
export const startDatabase = (primary?: TestServer): Promise<TestServer> => startServer(SETTINGS, primary)

interface Parts {
  pair: DatabasePair
  database: string
  /** From each machine to the database. */
  links: ReadonlyMap<string, LossyProxy>
  /** From clients to the servers. */
  clients: readonly LossyProxy[]
}

/** Longer than the lease (`LEASE_MS`). */
const LONG_CUT_S = [16, 22] as const
const SHORT_S = [0.2, 5] as const
const FAILOVER_EVERY_MS = 30_000

export function makeTroubles({ pair, database, links, clients }: Parts): Record<string, Trouble> {
  let isBusy = false
  let failedOverAt = performance.now()
  const occupied = new Set<LossyProxy>()

  const wait = (random: Random, [least, most]: readonly [number, number], over: AbortSignal): Promise<void> =>
    pause(random.between(least, most) * 1_000, undefined, { signal: over }).catch(() => undefined)

  /** One at a time: the database has to come back from each. */
  const ofDatabase = (weight: number, strike: Trouble['strike']): Trouble => ({
    weight,
    async strike(random, over) {
      if (isBusy) return false
      isBusy = true
      try {
        return await strike(random, over)
      } finally {
        isBusy = false
      }
    },
  })

  async function findBackEnd(random: Random): Promise<number | undefined> {
    const rows = await pair.primary.admin(
      `SELECT pid FROM pg_stat_activity WHERE datname = $1 AND usename LIKE 'machine%'`,
      [database],
    )
    return rows.length === 0 ? undefined : Number(random.pick(rows).pid)
  }

  const drop = (who: string): Promise<unknown> =>
    pair.primary.admin(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename LIKE $2',
      [database, who],
    )

  /** Ends with everybody led to the new primary, and a new standby beside it. */
  async function failOver(): Promise<boolean> {
    if (performance.now() - failedOverAt < FAILOVER_EVERY_MS) return false
    failedOverAt = performance.now()
    const { primary, standby } = pair
    const inSync = await primary.admin(
      `SELECT FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'`,
    )
    if (inSync.length === 0) return false
    // After a restart: the standby has all from before when it has this.
    await onChaos('UPDATE chaos.beat SET n = n + 1')
    await primary.kill()
    await standby.promote()
    pair.primary = standby
    for (const link of links.values()) link.setTarget(standby.port)
    await primary.remove()
    pair.standby = await startDatabase(standby)
    return true
  }

  async function onChaos(text: string): Promise<void> {
    const client = new pg.Client({ connectionString: pair.primary.url(database) })
    client.on('error', () => undefined)
    await client.connect()
    await client.query(text)
    await client.end()
  }

  const ofLink = (
    weight: number,
    choose: (random: Random) => LossyProxy,
    link: Link | 'slow',
    spans: readonly [number, number],
  ): Trouble => ({
    weight,
    async strike(random, over) {
      const proxy = choose(random)
      if (occupied.has(proxy)) return false
      occupied.add(proxy)
      if (link === 'slow') proxy.delayMs = random.between(20, 400)
      else proxy.setLink(link)
      await wait(random, spans, over)
      proxy.delayMs = 0
      proxy.setLink('up')
      occupied.delete(proxy)
      return true
    },
  })
  const toDatabase = (random: Random): LossyProxy => random.pick([...links.values()])
  const toServer = (random: Random): LossyProxy => random.pick(clients)

  return {
    'kill -9 of a back end': ofDatabase(4, async (random) => {
      const pid = await findBackEnd(random)
      const isKilled = pid !== undefined && signal(pid, 'SIGKILL')
      await untilUp()
      return isKilled
    }),
    'SIGSTOP of a back end': ofDatabase(4, async (random, over) => {
      const pid = await findBackEnd(random)
      if (pid === undefined || !signal(pid, 'SIGSTOP')) return false
      await wait(random, SHORT_S, over)
      return signal(pid, 'SIGCONT')
    }),
    'kill -9 of the postmaster': ofDatabase(4, async (random, over) => {
      await pair.primary.kill()
      await wait(random, [0, 3], over)
      await pair.primary.start()
      return true
    }),
    'failover to the standby': ofDatabase(5, failOver),
    'read-only': ofDatabase(3, async (random, over) => {
      await pair.primary.admin(`ALTER DATABASE ${database} SET default_transaction_read_only = on`)
      await drop('machine%')
      await wait(random, SHORT_S, over)
      await pair.primary.admin(`ALTER DATABASE ${database} RESET default_transaction_read_only`)
      await drop('machine%')
      return true
    }),
    'disk full': ofDatabase(3, async (random, over) => {
      await onChaos('INSERT INTO chaos.full_disk VALUES (now())')
      await wait(random, SHORT_S, over)
      await onChaos('DELETE FROM chaos.full_disk')
      return true
    }),
    'connections dropped': ofDatabase(3, (random) => drop(random.pick([...links.keys()])).then(() => true)),
    'database cut off': ofLink(5, toDatabase, 'cut', SHORT_S),
    'database cut off longer than the lease': ofLink(3, toDatabase, 'cut', LONG_CUT_S),
    'database held up': ofLink(4, toDatabase, 'held', [0.2, 20]),
    'database half open': ofLink(4, toDatabase, 'deaf', SHORT_S),
    'database slow': ofLink(4, toDatabase, 'slow', SHORT_S),
    'clients cut off': ofLink(3, toServer, 'cut', SHORT_S),
    'clients half open': ofLink(2, toServer, 'deaf', SHORT_S),
    'clients slow': ofLink(2, toServer, 'slow', SHORT_S),
  }

  async function untilUp(): Promise<void> {
    for (;;) {
      const isUp = await pair.primary.admin('SELECT 1').then(
        () => true,
        () => false,
      )
      if (isUp) return
      await pause(50)
    }
  }
}
