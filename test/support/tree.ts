/** What a folder holds: all that can be seen of it but times of access, for tests that say that nothing was changed; its files. */
import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'

/** A line for the folder and for each thing in it: name, inode, owner, mode, size, links, times of change. Sorted. */
export async function listTree(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const lines = ['', ...names].map(async (name) => {
    const { ino, uid, gid, mode, size, nlink, mtimeMs, ctimeMs } = await lstat(path.join(folder, name))
    return [name, ino, uid, gid, mode.toString(8), size, nlink, mtimeMs, ctimeMs].join(' ')
  })
  return (await Promise.all(lines)).sort()
}

/** The paths of the files below a folder, relative to it. */
export async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const areFiles = await Promise.all(names.map(async (name) => (await lstat(path.join(folder, name))).isFile()))
  return names.filter((_, at) => areFiles[at])
}
