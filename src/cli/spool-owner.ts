/**
 * Whose the spool is. What root or somebody else writes into it, the service can neither read nor replace; so a command
 * that writes becomes the spool's owner first, or says how it is to be called.
 */

import { closeSync, lstatSync, openSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '#base/config.ts'
import { AppError, isErrno } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { NoSpool } from '#queue/errors.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { isSpool } from '#queue/spool/recognise.ts'

export interface Owner {
  uid: number
  gid: number
}

/** Thrown when a command would write into the spool of another user, or cannot read it. */
export class OthersSpool extends AppError {
  readonly code = 'SPOOL_OF_ANOTHER_USER'
  override readonly hint: string

  constructor(spoolDir: string, command: string, { uid }: Owner) {
    const name = readUserName(uid)
    super(`The spool ${spoolDir} belongs to ${name ?? `the user ${uid}`}, and this is ${whoIsThis()}.`)
    this.hint = `Run: sudo -u ${name ?? `'#${uid}'`} ${PROGRAM} ${command} --spool-dir ${spoolDir}`
  }
}

/**
 * For programs that go on: their environment is that of whoever started them, so they do not change users by themselves.
 *
 * @throws {OthersSpool}
 */
export function refuseOthersSpool({ spoolDir }: Config, command: string): void {
  const owner = ownerOf(spoolDir)
  if (owner !== undefined && owner.uid !== process.geteuid?.()) throw new OthersSpool(spoolDir, command, owner)
}

/**
 * For commands that end: root becomes the owner of the spool, for good, before anything of it is opened.
 *
 * @param command - All that it needs must have been imported: the owner may not be able to read the program.
 * @param orFolder - Where there is no spool yet, the folder's owner counts.
 * @param asRoot - Done with the folder of the spool before root becomes its owner.
 * @returns The settings to go on with. Their `spoolDir` leads to the spool also where its owner may not go down the path
 *   to it, as in `/var/lib/private`; for messages there is the one that was given.
 * @throws {OthersSpool} Somebody else is asked to be root or the owner.
 * @throws {NoSpool} The folder of another user is no spool.
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

/** The spool of another user, as it was opened and as it was given. */
let opened: { name: string; given: string } | undefined

/** A message in which the spool has the name that was given. */
export const asGiven = (text: string): string =>
  text.replaceAll(/\/proc\/self\/fd\/[0-9]+/g, (name) => (name === opened?.name ? opened.given : name))

/** Node 20.11.0 hands files to threads of the kernel that stay root (CVE-2024-22017). */
const canBecomeAnother = (): boolean => process.versions.node !== '20.11.0'

function become({ uid, gid }: Owner): void {
  // Not those of its name: the user of DynamicUser= has none, and the spool needs no more.
  process.setgroups?.([gid])
  process.setgid?.(gid)
  process.setuid?.(uid)
  process.umask(0o077)
}

/**
 * Run a command that only reads, and say whose the spool is where that is why it fails.
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
 * Who made the spool; `undefined` where there is none. Root does not go on as root where the folder itself is somebody
 * else's, or any mark in it: its owner may put links there.
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

/** What shows that there is a spool. One that has lost its `LAYOUT` goes on. */
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
  return readUserName(uid) ?? `the user ${uid}`
}

function readUserName(uid: number): string | undefined {
  try {
    const rows = readFileSync('/etc/passwd', 'utf8').split('\n')
    return rows.map((row) => row.split(':')).find((row) => row[2] === String(uid))?.[0]
  } catch {
    return undefined
  }
}
