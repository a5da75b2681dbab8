/** What packed programs are tried out on: this machine, or an emulator of another processor. */

import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'

export interface Machine {
  /** As in the output of `make dist`. */
  name: string
  /**
   * @param program - A Node, or an executable made of one.
   * @param folder - Where something may be written.
   * @returns What is to be started in its place.
   */
  start(program: string, folder: string): Promise<string>
}

export const thisMachine: Machine = { name: 'here', start: async (program) => program }

/** QEMU's emulation of a processor, with the libraries that Debian's cross compiler brings. */
export const qemuArm64: Machine = { name: 'under qemu', start: emulate }

/**
 * A script in the program's place. The kernel cannot start programs of another processor, and docspool starts processes of
 * its own by `process.execPath`; so that names the script, too.
 */
async function emulate(program: string, folder: string): Promise<string> {
  const script = path.join(folder, 'emulated')
  await writeFile(`${script}.cjs`, `process.execPath = ${JSON.stringify(script)}\n`)
  const lines = [
    '#!/bin/sh',
    `NODE_OPTIONS='--require "${script}.cjs"' exec /usr/bin/qemu-aarch64 -L /usr/aarch64-linux-gnu '${program}' "$@"`,
  ]
  await writeFile(script, `${lines.join('\n')}\n`)
  await chmod(script, 0o755)
  return script
}
