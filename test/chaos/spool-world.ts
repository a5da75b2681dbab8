/**
 * One machine with a spool. Every revision of every record is read from its file while the run goes on, before it may be
 * pruned. No program is asked.
 */

import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseLookName, parseRevisionName } from '#queue/spool/file-names.ts'
import { freePort } from '../support/free-port.ts'
import { createHistory, type History, noteRevision, parse } from './witness.ts'
import type { World } from './world.ts'

export async function makeSpoolWorld(root: string): Promise<World> {
  const spoolDir = path.join(root, 'spool')
  // A server that is started again has to be found where it was.
  const port = await freePort()
  return {
    machines: [
      {
        name: 'machine',
        spoolDir,
        programs: [
          { name: 'server', args: ['serve', `--port=${port}`] },
          { name: 'supervisor 1', args: ['supervise'] },
          { name: 'supervisor 2', args: ['supervise'] },
        ],
        env: {},
      },
    ],
    origins: [`http://127.0.0.1:${port}`],
    troubles: {},
    readRecords: createReader(path.join(spoolDir, 'jobs')),
    async listLooks() {
      return (await readdir(path.join(spoolDir, 'looks'))).flatMap((name) => parseLookName(name)?.id ?? [])
    },
    close: async () => undefined,
  }
}

function createReader(jobs: string): World['readRecords'] {
  /** Files that were read; of logs, which grow, up to which size. */
  const seen = new Map<string, string>()

  async function lookAt(history: History, folder: string): Promise<void> {
    for (const name of await listNames(folder)) {
      const rev = parseRevisionName(name)
      const file = path.join(folder, name)
      if (rev !== undefined) {
        history.onDisk.add(rev)
        await readRevision(history, rev, file)
      }
      const epoch = /^events\.(\d+)\.ndjson$/.exec(name)?.[1]
      if (epoch !== undefined) await readSpawned(history, Number(epoch), file)
    }
  }

  async function readRevision(history: History, rev: number, file: string): Promise<void> {
    if (seen.has(file)) return
    const text = await readFile(file, 'utf8').catch(() => undefined)
    const found = await stat(file).catch(() => undefined)
    // Pruned since it was listed.
    if (text === undefined || found === undefined) return
    seen.set(file, '')
    noteRevision(history, rev, parse(text), found.mtimeMs)
  }

  async function readSpawned(history: History, epoch: number, file: string): Promise<void> {
    const size = (await stat(file).catch(() => undefined))?.size ?? 0
    if (seen.get(file) === String(size)) return
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    history.spawned.set(
      epoch,
      lines.map(parse).flatMap((event) => (isSpawn(event) ? [event.pid] : [])),
    )
    seen.set(file, String(size))
  }

  return async (histories, isThorough) => {
    if (isThorough) seen.clear()
    for (const { onDisk } of histories.values()) onDisk.clear()
    for (const shard of await listNames(jobs)) {
      for (const jobId of await listNames(path.join(jobs, shard))) {
        const history = histories.get(jobId) ?? createHistory(jobId)
        histories.set(jobId, history)
        await lookAt(history, path.join(jobs, shard, jobId))
      }
    }
  }
}

const isSpawn = (event: unknown): event is { pid: number } =>
  typeof event === 'object' && event !== null && 'type' in event && event.type === 'spawn' && 'pid' in event

async function listNames(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}
