/** `docspool migrate`: creates or upgrades the tables of the database, as its owner. */

import type { Config } from '#base/config.ts'

/** @returns The text to print, without a final line feed. */
export async function runMigrate({ databaseUrl }: Config, { isDry }: { isDry: boolean }): Promise<string> {
  if (databaseUrl === null) return 'DOCSPOOL_DATABASE_URL is not set: a spool needs no migration.'
  const { inspectSchema, migrate } = await import('#database/open.ts')
  const migrations = isDry ? (await inspectSchema(databaseUrl)).missing : await migrate(databaseUrl)
  if (migrations.length === 0) return 'The tables of the database are up to date.'
  const verb = isDry ? 'would be applied' : 'applied'
  return migrations.map(({ version, name }) => `${version} ${name}: ${verb}`).join('\n')
}
