/**
 * The limits of retention of the last supervisor of a folder, stored in `control/limits`. `docspool gc` is often run by root,
 * without the settings of the service; it uses the stored limits in place of settings that were not given.
 */

import { rename } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'
import { readPlain, writeNewFile } from '#base/files.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { temporaryPath } from '#queue/spool/temporary-files.ts'

const Limits = z.object({
  keepJobsMs: z.number().positive(),
  cacheExpiryMs: z.number().nonnegative(),
  maxDocsBytes: z.number().nonnegative(),
  keptObjectBytes: z.number().nonnegative(),
})
type Limits = z.infer<typeof Limits>

/** The setting of each limit, and the size of its unit. */
const SETTINGS: Readonly<Record<keyof Limits, readonly [name: string, unit: number]>> = {
  keepJobsMs: ['DOCSPOOL_JOB_CLEANUP_HOURS', 3_600_000],
  cacheExpiryMs: ['DOCSPOOL_CACHE_EXPIRY_DAYS', 86_400_000],
  maxDocsBytes: ['DOCSPOOL_MAX_DOCS_GB', 1_073_741_824],
  keptObjectBytes: ['DOCSPOOL_KEPT_OBJECTS_MB', 1_048_576],
}

/** Limits of everything in a database, on all machines. */
const SHARED = ['keepJobsMs', 'cacheExpiryMs', 'maxDocsBytes'] as const

/** Thrown when defaults would apply to data that all machines share, because no supervisor has run in this folder. */
class LimitsUnknown extends AppError {
  readonly code = 'LIMITS_UNKNOWN'

  constructor(missing: readonly string[]) {
    super(`The limits of the service are not known on this machine: ${missing.join(', ')}.`, {
      hint: 'Give these settings as the supervisors have them, or run gc on a machine with a supervisor, in its folder.',
    })
  }
}

const fileOf = (spoolDir: string): string => path.join(new SpoolPaths(spoolDir).control, 'limits')

export async function storeLimits({ spoolDir, ...config }: Config): Promise<void> {
  const temporary = temporaryPath(new SpoolPaths(spoolDir))
  await writeNewFile(temporary, `${JSON.stringify(Limits.parse(config))}\n`)
  await rename(temporary, fileOf(spoolDir))
}

/**
 * The settings with the stored limits in place of defaults.
 *
 * @param given - Names of the settings that this program was given.
 * @returns `taken`: the stored limits that were used, in the unit of the setting: `{ DOCSPOOL_MAX_DOCS_GB: 20 }`.
 * @throws {LimitsUnknown} With a database and without stored limits, if limits of data that all machines share are not given.
 */
export async function withStoredLimits(
  config: Config,
  given: ReadonlySet<string>,
): Promise<{ config: Config; taken: Record<string, number> }> {
  const stored = await readLimits(config.spoolDir)
  const missing = SHARED.map((field) => SETTINGS[field][0]).filter((name) => !given.has(name))
  if (stored === undefined && config.databaseUrl !== null && missing.length > 0) throw new LimitsUnknown(missing)
  const fields = Limits.keyof().options.filter((field) => stored !== undefined && !given.has(SETTINGS[field][0]))
  const limits = Object.fromEntries(fields.map((field) => [field, stored?.[field]]))
  const taken = fields.map((field) => {
    const [name, unit] = SETTINGS[field]
    return [name, Number(((stored?.[field] ?? 0) / unit).toFixed(3))]
  })
  return { config: { ...config, ...limits }, taken: Object.fromEntries(taken) }
}

async function readLimits(spoolDir: string): Promise<Limits | undefined> {
  try {
    return Limits.parse(JSON.parse((await readPlain(fileOf(spoolDir))).text))
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return undefined
    if (isErrno(error, 'EACCES', 'EPERM')) throw error
    const message = 'The file control/limits of the spool cannot be read; the next supervisor replaces it.'
    throw new SpoolUnavailable(message, { cause: error })
  }
}
