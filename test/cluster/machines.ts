/** Connections of several machines to one database. */
import type { TestContext } from 'node:test'
import { type Database, openDatabase } from '#database/database.ts'
import { sharedServer, takeDatabase } from '../postgres/server.ts'

export async function connectMachines(t: TestContext, count = 2): Promise<{ url: string; databases: Database[] }> {
  const { url, give } = await takeDatabase(await sharedServer())
  const databases = Array.from({ length: count }, () => openDatabase(url, { maxConnections: 4 }))
  t.after(async () => {
    for (const database of databases) await database.close()
    give()
  })
  return { url, databases }
}

export const jobRow = (jobId: string, status: string): string =>
  `INSERT INTO docspool.jobs (job_id, rev, epoch, status, submitted_ms, repo_url, is_listed, record, writes)
   VALUES ('${jobId}', 1, 0, '${status}', 1, 'https://h/a', true, '{}', '{}')
   ON CONFLICT (job_id) DO UPDATE SET status = excluded.status`
