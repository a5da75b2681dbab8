/**
 * The owner of the spool. The service can neither read nor replace files that root or another user has written to it. So a
 * command that writes first becomes the spool's owner, or prints how to run it as that user.
 */

import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { shellWord } from '#base/shell-word.ts'
import { NoSpool } from '#queue/errors.ts'
import { listForeignMarks, type Owner, ownerOfSpool } from '#queue/spool/owner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { isSpool } from '#queue/spool/recognise-spool.ts'

const SPOOL_FLAG = '--spool-dir'

/** With `isGuessed`, the folder's owner, because this process cannot look into it. */
interface FoundOwner extends Owner {
  isGuessed?: boolean
}

/** Thrown when a command would write into the spool of another user, or cannot read it. */
export class OthersSpool extends AppError {
  readonly code = 'SPOOL_OF_ANOTHER_USER'

  constructor(spoolDir: string, command: string, { uid, isGuessed }: FoundOwner) {
    const who = shellWord(readUserName(uid) ?? `#${uid}`)
    // Perhaps only the folder belongs to root.
    const hint =
      uid === 0 && isGuessed
        ? `${fsckAsRoot(spoolDir)}\nIt makes the user who owns the files also the owner of the folder. If root owns the files, too, run this command as root.`
        : `Run: sudo -E -H -u ${who} ${PROGRAM} ${argumentsFor(command, spoolDir)}${uid === 0 ? giveTo(spoolDir) : ''}`
    super(`The spool ${spoolDir} belongs to ${userName(uid)}; you are ${userName(process.geteuid?.() ?? 0)}.`, { hint })
  }
}

/** Thrown when the spool belongs to one user, but that user cannot use `LAYOUT`, `jobs/` or the folder. */
class SpoolOfTwoUsers extends AppError {
  readonly code = 'SPOOL_OF_ANOTHER_USER'

  constructor(spoolDir: string, names: readonly string[], { uid }: Owner) {
    const what = names.map((name) => (name === '.' ? 'the folder' : name)).join(' and ')
    super(`The spool ${spoolDir} belongs to ${userName(uid)}, but ${what} to another user.`, {
      hint: fsckAsRoot(spoolDir),
    })
  }
}

/** For a spool that root may have made by mistake. */
const giveTo = (spoolDir: string): string => {
  const me = process.geteuid?.() ?? 0
  return `\nIf root made it by mistake, give it to this user, as root: chown -hR ${shellWord(readUserName(me) ?? String(me))} ${shellWord(spoolDir)}`
}

const fsckAsRoot = (spoolDir: string): string => `Run as root: ${PROGRAM} fsck ${SPOOL_FLAG} ${shellWord(spoolDir)}`

/** The arguments of this command line for a shell, including the spool's folder, which may be given by a setting that is not exported. */
function argumentsFor(command: string, spoolDir: string): string {
  const given = process.argv.slice(2)
  const args = given[0] === command ? given : [command]
  const hasSpool = args.some((arg) => arg === SPOOL_FLAG || arg.startsWith(`${SPOOL_FLAG}=`))
  return [...args, ...(hasSpool ? [] : [SPOOL_FLAG, spoolDir])].map(shellWord).join(' ')
}

/**
 * For long-running commands: they keep the environment of the user who started them, so they must not change users.
 *
 * @throws {OthersSpool} @throws {SpoolOfTwoUsers}
 */
export function refuseOthersSpool({ spoolDir }: Config, command: string): void {
  const owner = findOwner(spoolDir)
  if (owner !== undefined && owner.uid !== process.geteuid?.()) throw new OthersSpool(spoolDir, command, owner)
  refuseTwoUsers(spoolDir)
}

/** @throws {SpoolOfTwoUsers} */
export function refuseTwoUsers(spoolDir: string): void {
  const owner = findOwner(spoolDir)
  if (owner === undefined || owner.isGuessed) return
  const names = listForeignMarks(spoolDir, owner)
  if (names.length > 0) throw new SpoolOfTwoUsers(spoolDir, names, owner)
}

/**
 * For short-running commands: a process of root permanently becomes a process of the spool's owner, before it opens any files
 * of the spool.
 *
 * @param command - The name of the command. Import all its modules before, because the owner may not be able to read them.
 * @param orFolder - If there is no spool yet, use the owner of the folder.
 * @param asRoot - Called with the folder of the spool before the user changes, to give files to the owner.
 * @returns The settings to use from now on. Their `spoolDir` works even if the owner cannot access the path to the spool, as
 *   in `/var/lib/private`; messages should show the original one.
 * @throws {OthersSpool} The command was started by neither root nor the owner.
 * @throws {SpoolOfTwoUsers} Without `asRoot`, or if root did not start the command.
 * @throws {NoSpool} The folder belongs to another user and is not a spool.
 */
export function becomeOwner(
  config: Config,
  command: string,
  { orFolder = false, asRoot }: { orFolder?: boolean; asRoot?: (spool: string, owner: Owner) => unknown } = {},
): Config {
  const { spoolDir } = config
  const owner = findOwner(spoolDir) ?? (orFolder ? folderOwner(spoolDir) : undefined)
  const isRoot = process.geteuid?.() === 0
  if (owner === undefined) return config
  if (owner.uid === process.geteuid?.()) {
    if (asRoot === undefined || !isRoot) refuseTwoUsers(spoolDir)
    return config
  }
  if (!isRoot || !canBecomeAnother()) throw new OthersSpool(spoolDir, command, owner)
  if (!orFolder && !isSpool(new SpoolPaths(spoolDir))) throw new NoSpool(`There is no spool in ${spoolDir}.`)
  if (asRoot === undefined) refuseTwoUsers(spoolDir)
  const handle = openSync(spoolDir, 'r')
  try {
    asRoot?.(`/proc/self/fd/${handle}/.`, owner)
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
    const owner = isDenied ? findOwner(spoolDir) : undefined
    if (owner !== undefined && owner.uid !== process.geteuid?.()) throw new OthersSpool(spoolDir, command, owner)
    if (isDenied) refuseTwoUsers(spoolDir)
    throw error
  }
}

/**
 * The owner of the spool; `undefined` when there is no spool. For root, also another owner of a folder without a spool, who may put
 * links there.
 */
export function findOwner(spoolDir: string): FoundOwner | undefined {
  try {
    const owner = ownerOfSpool(spoolDir)
    if (owner !== undefined || process.geteuid?.() !== 0) return owner
    const folder = folderOwner(spoolDir)
    return folder?.uid === 0 ? undefined : folder
  } catch (error) {
    const folder = isErrno(error, 'EACCES') ? folderOwner(spoolDir) : undefined
    return folder && { uid: folder.uid, gid: folder.gid, isGuessed: true }
  }
}

function folderOwner(spoolDir: string): Owner | undefined {
  try {
    return statSync(spoolDir)
  } catch {
    return undefined
  }
}

export const userName = (uid: number): string => readUserName(uid) ?? `user ${uid}`

function readUserName(uid: number): string | undefined {
  try {
    const rows = readFileSync('/etc/passwd', 'utf8').split('\n')
    return rows.map((row) => row.split(':')).find((row) => row[2] === String(uid))?.[0]
  } catch {
    return undefined
  }
}
