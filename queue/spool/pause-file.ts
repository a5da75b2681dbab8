/** The file `control/paused` pauses the queue. It says who paused it and when; an empty file created by hand also works. */

import { link, lstat, rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { isErrno, unlessGone } from '#base/errors.ts'
import { exists, readPlain, syncFolder, writeNewFile } from '#base/files.ts'
import { parseIfJson } from '#base/parse-json.ts'
import type { Control } from '#queue/backend.ts'
import type { Pause } from '#queue/contract.ts'
import { isDenied } from './foreign-files.ts'
import type { SpoolPaths } from './paths.ts'
import { temporaryPath } from './temporary-files.ts'

const PauseRecord = z.object({ since: z.iso.datetime(), by: z.string().max(500) })

export function createControl(paths: SpoolPaths, clock: () => number): Control {
  async function read(): Promise<Pause | undefined> {
    // Without permission to read it, the queue counts as not paused.
    const found = await lstat(paths.pausedMark).catch((error) => (isDenied(error) ? undefined : unlessGone(error)))
    if (found === undefined) return undefined
    return (await readMark()) ?? { since: new Date(found.mtimeMs).toISOString(), by: null }
  }

  /** @returns `undefined` for a file that docspool did not write. */
  async function readMark(): Promise<Pause | undefined> {
    const { text } = await readPlain(paths.pausedMark).catch(() => ({ text: '' }))
    return PauseRecord.safeParse(parseIfJson(text)).data
  }

  return {
    read,

    async pause(by) {
      const mark: Pause = { since: new Date(clock()).toISOString(), by: by.slice(0, 500) }
      const temporary = temporaryPath(paths)
      try {
        await writeNewFile(temporary, `${JSON.stringify(mark)}\n`)
        await link(temporary, paths.pausedMark)
      } catch (error) {
        // A full disk has no room for the record, but still for an empty file.
        if (isErrno(error, 'ENOSPC', 'EDQUOT')) await writeFile(paths.pausedMark, '', { flag: 'a' })
        else if (!isErrno(error, 'EEXIST')) throw error
      } finally {
        await rm(temporary, { force: true })
      }
      await syncFolder(paths.control)
      return (await read()) ?? mark
    },

    async resume() {
      const wasPaused = await exists(paths.pausedMark)
      await rm(paths.pausedMark, { recursive: true, force: true })
      await syncFolder(paths.control)
      return wasPaused
    },
  }
}
