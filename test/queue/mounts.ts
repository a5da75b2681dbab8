/** Mounts for tests: a folder stands in for a disk, bound to its mount point, unmounted lazily as a disk in use is. */
import { execFileSync } from 'node:child_process'
import type { TestContext } from 'node:test'
import { lacking } from '../support/skips.ts'
import { atEnd } from './support.ts'

export interface Disk {
  mount(): void
  /** As `umount -l` does: who has files open goes on with them, the name leads to what is below. */
  unmount(): void
}

/**
 * @param how - Of `mount`.
 * @returns `undefined` where this may not be done; then the test is skipped.
 */
export function makeDisk(t: TestContext, disk: string, mountPoint: string, how = ['--bind']): Disk | undefined {
  let isMounted = false
  const run = (command: string, ...args: string[]): unknown => execFileSync(command, args, { stdio: 'ignore' })
  const made: Disk = {
    mount() {
      run('mount', ...how, disk, mountPoint)
      isMounted = true
    },
    unmount() {
      run('umount', '-l', mountPoint)
      isMounted = false
    },
  }
  try {
    made.mount()
  } catch {
    t.skip(lacking('the right to mount'))
    return undefined
  }
  atEnd(t, () => isMounted && made.unmount())
  return made
}
