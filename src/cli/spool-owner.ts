/**
 * The owner of the spool. The service can neither read nor replace files that root or another user has written to it. So a
 * command that writes first becomes the spool's owner, or prints how to run it as that user.
 */

import { closeSync, constants, openSync, readFileSync, statSync } from 'node:fs'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { shellWord } from '#base/shell-word.ts'
import { NoSpool } from '#queue/errors.ts'
import { listForeignMarks, type Owner, ownerOfSpool } from '#queue/spool/owner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { isSpool } from '#queue/spool/recognise-spool.ts'

const SPOOL_FLAG = '--spool-dir'

/** The spool that root has opened: the path of its handle, and the path that the user gave. */
let openedSpool: { path: string; original: string } | undefined

/** Replaces the path that the spool was opened by with the path that the user gave. */
export const withOriginalPath = (text: string): string =>
  text.replaceAll(/\/proc\/self\/fd\/[0-9]+/g, (path) => (path === openedSpool?.path ? openedSpool.original : path))

/** With `isGuessed`, the folder's owner, because this process cannot look into it. */
interface FoundOwner extends Owner {
  isGuessed?: boolean
}

/** Thrown when a command would write into the spool of another user, or cannot read it. */
export class SpoolOwnedByAnother extends AppError {
  readonly code = 'SPOOL_OF_ANOTHER_USER'

  constructor(spoolDir: string, command: string, { uid, isGuessed }: FoundOwner) {
    const who = shellWord(readUserName(uid) ?? `#${uid}`)
    // Perhaps only the folder belongs to root.
    const hint =
      uid === 0 && isGuessed
        ? `${fsckAsRoot(spoolDir)}\nThis also makes the owner of the files the owner of the folder. If root also owns the files, run this command as root.`
        : `Run: sudo -E -H -u ${who} ${PROGRAM} ${argumentsFor(command, spoolDir)}${uid === 0 ? giveTo(spoolDir) : ''}`
    super(`The spool ${spoolDir} belongs to ${userName(uid)}; you are ${userName(process.geteuid?.() ?? 0)}.`, { hint })
  }
}

/** Thrown when the spool belongs to one user, but that user cannot use `LAYOUT`, `jobs/` or the folder. */
class SpoolWithMixedOwners extends AppError {
  readonly code = 'SPOOL_OF_ANOTHER_USER'

  constructor(spoolDir: string, names: readonly string[], { uid }: Owner) {
    const what = names.map((name) => (name === '.' ? 'the folder' : name)).join(' and ')
    super(`The spool ${spoolDir} belongs to ${userName(uid)}, but another user owns ${what}.`, {
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

/** The arguments of this command line for a shell, including the spool's folder, whose setting may not be exported. */
function argumentsFor(command: string, spoolDir: string): string {
  const given = process.argv.slice(2)
  const args = given[0] === command ? given : [command]
  const hasSpool = args.some((arg) => arg === SPOOL_FLAG || arg.startsWith(`${SPOOL_FLAG}=`))
  return [...args, ...(hasSpool ? [] : [SPOOL_FLAG, spoolDir])].map(shellWord).join(' ')
}

/**
 * For long-running commands: they keep the environment of the user who started them, so they must not change users.
 *
 * @throws {SpoolOwnedByAnother} @throws {SpoolWithMixedOwners}
 */
export function refuseOthersSpool({ spoolDir }: Config, command: string): void {
  const owner = findOwner(spoolDir)
  if (owner !== undefined && owner.uid !== process.geteuid?.()) throw new SpoolOwnedByAnother(spoolDir, command, owner)
  refuseMixedOwners(spoolDir)
}

/**
 * @param shown - The path for messages.
 * @throws {SpoolWithMixedOwners}
 */
export function refuseMixedOwners(spoolDir: string, shown = spoolDir): void {
  const owner = findOwner(spoolDir)
  if (owner === undefined || owner.isGuessed) return
  const names = listForeignMarks(spoolDir, owner)
  if (names.length > 0) throw new SpoolWithMixedOwners(shown, names, owner)
}

/**
 * For short-running commands: a root process permanently switches to the spool's owner, before it opens any files
 * of the spool.
 *
 * @param command - The name of the command. Import all its modules first, because the owner may not be able to read them.
 * @param orFolder - If there is no spool yet, use the owner of the folder.
 * @param asRoot - Called with the folder of the spool before the user changes, to give files to the owner.
 * @returns The settings to use from now on. Their `spoolDir` works even if the owner cannot access the path to the spool, as
 *   in `/var/lib/private`; messages should show the original one.
 * @throws {SpoolOwnedByAnother} The command was started by neither root nor the owner.
 * @throws {SpoolWithMixedOwners} Without `asRoot`, or if root did not start the command.
 * @throws {NoSpool} The folder belongs to another user and is not a spool.
 */
export function becomeOwner(
  config: Config,
  command: string,
  { orFolder = false, asRoot }: { orFolder?: boolean; asRoot?: (spool: string, owner: Owner) => unknown } = {},
): Config {
  const { spoolDir } = config
  const ownerAt = (folder: string): FoundOwner | undefined =>
    findOwner(folder) ?? (orFolder ? folderOwner(folder) : undefined)
  const handle = process.geteuid?.() === 0 && canBecomeAnother() ? openFolder(spoolDir) : undefined
  if (handle === undefined) {
    const owner = ownerAt(spoolDir)
    if (owner !== undefined && owner.uid !== process.geteuid?.())
      throw new SpoolOwnedByAnother(spoolDir, command, owner)
    refuseMixedOwners(spoolDir)
    return config
  }
  // The owner of the parent folder can replace the folder at the path, so all checks use the open one.
  const opened = `/proc/self/fd/${handle}`
  const owner = ownerAt(opened)
  try {
    const isOfAnother = owner !== undefined && owner.uid !== 0
    if (isOfAnother && !orFolder && !isSpool(new SpoolPaths(opened)))
      throw new NoSpool(`There is no spool in ${spoolDir}.`)
    if (asRoot === undefined) refuseMixedOwners(opened, spoolDir)
    if (isOfAnother) {
      asRoot?.(`${opened}/.`, owner)
      become(owner)
    }
  } catch (error) {
    closeSync(handle)
    throw owner !== undefined && isErrno(error, 'EPERM', 'EINVAL')
      ? new SpoolOwnedByAnother(spoolDir, command, owner)
      : error
  }
  openedSpool = { path: opened, original: spoolDir }
  return { ...config, spoolDir: opened }
}

/** @returns `undefined` if there is no such folder, or if this user cannot open it. */
function openFolder(folder: string): number | undefined {
  try {
    return openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES')) return undefined
    throw error
  }
}

/**
 * False for Node 20.11.0, in which file operations by io_uring keep running as root (CVE-2024-22017), and without Linux's
 * /proc.
 */
const canBecomeAnother = (): boolean => process.versions.node !== '20.11.0' && process.platform === 'linux'

function become({ uid, gid }: Owner): void {
  // Only the group of the spool: a user of DynamicUser= has no other groups, and none are needed.
  process.setgroups?.([gid])
  process.setgid?.(gid)
  process.setuid?.(uid)
  process.umask(0o077)
}

/**
 * Run a command that only reads. If permission is denied because the spool belongs to another user, the error says so.
 *
 * @throws {SpoolOwnedByAnother}
 */
export async function explainOwner<T>(spoolDir: string, command: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const isDenied = [error, error instanceof Error ? error.cause : undefined].some((one) =>
      isErrno(one, 'EACCES', 'EPERM'),
    )
    const owner = isDenied ? findOwner(spoolDir) : undefined
    if (owner !== undefined && owner.uid !== process.geteuid?.())
      throw new SpoolOwnedByAnother(spoolDir, command, owner)
    if (isDenied) refuseMixedOwners(spoolDir)
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
