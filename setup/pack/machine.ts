/** The machines on which standalone builds are tested: this one, or an emulator of another architecture. */

import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'

export interface Machine {
  /** The name in the output of `make dist`. */
  name: string
  /**
   * @param program - A Node, or a single executable.
   * @param folder - A writable folder.
   * @returns The program to start instead.
   */
  start(program: string, folder: string): Promise<string>
}

export const thisMachine: Machine = { name: 'here', start: async (program) => program }

/** QEMU, with the libraries of Debian's cross compiler. */
export const qemuArm64: Machine = { name: 'under qemu', start: emulate }

/**
 * Returns a script that starts the program in QEMU, because the kernel cannot start programs of another architecture. It also
 * sets `process.execPath` to the script, because docspool uses that to start its own processes.
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
