/**
 * The owner of the spool. The service can neither read nor replace files that root or another user has written to it. So a
 * command that writes first becomes the spool's owner, or prints how to run it as that user.
 */

import { closeSync, lstatSync, openSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { NoSpool } from '#queue/errors.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { isSpool } from '#queue/spool/recognise-spool.ts'
import { shellWord } from '#templates/addresses.ts'

const SPOOL_FLAG = '--spool-dir'

export interface Owner {
  uid: number
  gid: number
}

/** Thrown when a command would write into the spool of another user, or cannot read it. */
export class OthersSpool extends AppError {
  readonly code = 'SPOOL_OF_ANOTHER_USER'

  constructor(spoolDir: string, command: string, { uid }: Owner) {
    const name = readUserName(uid)
    super(`The spool ${spoolDir} belongs to ${name ?? `user ${uid}`}; you are ${whoIsThis()}.`, {
      hint: `Run: sudo -u ${shellWord(name ?? `#${uid}`)} ${PROGRAM} ${argumentsFor(command, spoolDir)}`,
    })
  }
}

/** The arguments of this command line for a shell, including the spool's folder, because `sudo` drops the setting. */
function argumentsFor(command: string, spoolDir: string): string {
  const given = process.argv.slice(2)
  const args = given[0] === command ? given : [command]
  const hasSpool = args.some((arg) => arg === SPOOL_FLAG || arg.startsWith(`${SPOOL_FLAG}=`))
  return [...args, ...(hasSpool ? [] : [SPOOL_FLAG, spoolDir])].map(shellWord).join(' ')
}

/**
 * For long-running commands: they keep the environment of the user who started them, so they must not change users.
 *
 * @throws {OthersSpool}
 */
export function refuseOthersSpool({ spoolDir }: Config, command: string): void {
  const owner = ownerOf(spoolDir)
  if (owner !== undefined && owner.uid !== process.geteuid?.()) throw new OthersSpool(spoolDir, command, owner)
}

/**
 * For short-running commands: a process of root permanently becomes a process of the spool's owner, before it opens any files
 * of the spool.
 *
 * @param command - The name of the command. Import all its modules before, because the owner may not be able to read them.
 * @param orFolder - If there is no spool yet, use the owner of the folder.
 * @param asRoot - Called with the folder of the spool before the user changes.
 * @returns The settings to use from now on. Their `spoolDir` works even if the owner cannot access the path to the spool, as
 *   in `/var/lib/private`; messages should show the original one.
 * @throws {OthersSpool} The command was started by neither root nor the owner.
 * @throws {NoSpool} The folder belongs to another user and is not a spool.
 */
export function becomeOwner(
  config: Config,
  command: string,
  { orFolder = false, asRoot = (_spool: string, _owner: Owner): unknown => undefined } = {},
): Config {
  const { spoolDir } = config
  const owner = ownerOf(spoolDir) ?? (orFolder ? folderOwner(spoolDir) : undefined)
  if (owner === undefined || owner.uid === process.geteuid?.()) return config
  if (process.geteuid?.() !== 0 || !canBecomeAnother()) throw new OthersSpool(spoolDir, command, owner)
  if (!orFolder && !isSpool(new SpoolPaths(spoolDir))) throw new NoSpool(`There is no spool in ${spoolDir}.`)
  const handle = openSync(spoolDir, 'r')
  try {
    asRoot(`/proc/self/fd/${handle}/.`, owner)
    become(owner)
    opened = { name: `/proc/self/fd/${handle}`, given: spoolDir }
  } catch (error) {
    closeSync(handle)
    throw isErrno(error, 'EPERM', 'EINVAL') ? new OthersSpool(spoolDir, command, owner) : error
  }
  return { ...config, spoolDir: `/proc/self/fd/${handle}` }
}

/** The spool of another user: the path by which it is open, and the path that the user gave. */
let opened: { name: string; given: string } | undefined

/** Replaces the path that the spool was opened by with the path that the user gave. */
export const asGiven = (text: string): string =>
  text.replaceAll(/\/proc\/self\/fd\/[0-9]+/g, (name) => (name === opened?.name ? opened.given : name))

/** False for Node 20.11.0, in which file operations by io_uring keep running as root (CVE-2024-22017). */
const canBecomeAnother = (): boolean => process.versions.node !== '20.11.0'

function become({ uid, gid }: Owner): void {
  // Only the group of the spool: a user of DynamicUser= has no further groups, and none are needed.
  process.setgroups?.([gid])
  process.setgid?.(gid)
  process.setuid?.(uid)
  process.umask(0o077)
}

/**
 * Run a command that only reads. If permission is denied because the spool belongs to another user, the error says so.
 *
 * @throws {OthersSpool}
 */
export async function explainOwner<T>(spoolDir: string, command: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const isDenied = [error, error instanceof Error ? error.cause : undefined].some((one) =>
      isErrno(one, 'EACCES', 'EPERM'),
    )
    const owner = isDenied ? ownerOf(spoolDir) : undefined
    if (owner === undefined || owner.uid === process.geteuid?.()) throw error
    throw new OthersSpool(spoolDir, command, owner)
  }
}

/**
 * The owner of the spool; `undefined` when there is no spool. For root, any other owner of the folder, `LAYOUT` or `jobs`
 * takes precedence, because that user may put links there.
 */
function ownerOf(spoolDir: string): Owner | undefined {
  try {
    const marks = findMarks(spoolDir)
    if (process.geteuid?.() !== 0) return marks[0]
    return [...marks, folderOwner(spoolDir)].find((owner) => owner !== undefined && owner.uid !== 0) ?? marks[0]
  } catch (error) {
    return isErrno(error, 'EACCES') ? folderOwner(spoolDir) : undefined
  }
}

/** Files that only a spool has. A spool may have lost its `LAYOUT`. */
const findMarks = (spoolDir: string): Owner[] =>
  ['LAYOUT', 'jobs'].flatMap((name) => lstatSync(path.join(spoolDir, name), { throwIfNoEntry: false }) ?? [])

function folderOwner(spoolDir: string): Owner | undefined {
  try {
    return statSync(spoolDir)
  } catch {
    return undefined
  }
}

function whoIsThis(): string {
  const uid = process.geteuid?.() ?? 0
  return readUserName(uid) ?? `user ${uid}`
}

function readUserName(uid: number): string | undefined {
  try {
    const rows = readFileSync('/etc/passwd', 'utf8').split('\n')
    return rows.map((row) => row.split(':')).find((row) => row[2] === String(uid))?.[0]
  } catch {
    return undefined
  }
}
