/**
 * A systemd of its own, booted in namespaces beside the machine's: it has a cgroup, /run, /tmp, /etc, /var and /opt of its own,
 * whose changes are gone with it, and the machine's network. /opt/docspool is this checkout. Needs root.
 */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, readFile, rmdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { until } from './docspool.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const SYSTEMD = '/usr/lib/systemd/systemd'

/** Whether systemd is installed. */
export const hasSystemd = existsSync(SYSTEMD)

export interface Systemd {
  /** Run a command inside. @returns Both streams and the exit code. */
  run(...command: string[]): Promise<{ text: string; code: number }>
  /** Write a file inside. */
  write(file: string, text: string): Promise<void>
  close(): Promise<void>
}

const IN_CGROUP = `set -e
mount --make-rprivate /
umount -R /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir /sys/fs/cgroup/$1
echo $$ > /sys/fs/cgroup/$1/cgroup.procs
exec unshare --cgroup bash -c "$2" "$0" "$3"`

const BOOT = `set -e
umount /sys/fs/cgroup
mount -t cgroup2 cgroup2 /sys/fs/cgroup
here=$(mktemp -d)
mount -t tmpfs -o size=512m tmpfs "$here"
for folder in etc var; do
  mkdir "$here/$folder" "$here/$folder-work"
  mount -t overlay -o "lowerdir=/$folder,upperdir=$here/$folder,workdir=$here/$folder-work" overlay /$folder
done
mount -t tmpfs tmpfs /opt
mkdir /opt/docspool
mount --bind "$1" /opt/docspool
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /tmp
container=docspool exec ${SYSTEMD} --system --unit=basic.target --log-target=null --show-status=no`

/** @returns `undefined` where this machine lets no systemd boot. */
export async function bootSystemd(): Promise<Systemd | undefined> {
  const cgroup = `docspool-test-${process.pid}`
  const flags = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--uts', '--ipc']
  const booting = ['unshare', ...flags, 'bash', '-c', IN_CGROUP, 'boot', cgroup, BOOT, checkout]
  // Nothing of it outlives this process, however that ends.
  const outer = spawn('setpriv', ['--pdeathsig', 'KILL', ...booting], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(outer, 'close')
  let said = ''
  outer.stderr.on('data', (chunk) => (said += chunk))

  async function run(...command: string[]) {
    const pid = await readChild(outer.pid ?? 0)
    const args = ['--target', pid, '--mount', '--pid', '--uts', '--ipc', '--cgroup', '--', ...command]
    return await promisify(execFile)('nsenter', args, { timeout: 120_000 }).then(
      ({ stdout, stderr }) => ({ text: stdout + stderr, code: 0 }),
      (error) => ({ text: `${error.stdout}${error.stderr}`, code: Number(error.code ?? 1) }),
    )
  }
  const close = async (): Promise<void> => {
    outer.kill('SIGKILL')
    await ended
    const folder = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((each) => existsSync(`${each}/${cgroup}`))
    if (folder !== undefined) await removeGroup(`${folder}/${cgroup}`)
  }
  try {
    await until(async () => {
      if (outer.exitCode !== null) throw new Error(said)
      return /running|degraded/.test((await run('systemctl', 'is-system-running')).text) || undefined
    }, 30_000)
  } catch {
    await close()
    return undefined
  }
  return {
    run,
    close,
    async write(file, text) {
      const { code, text: why } = await run(
        'bash',
        '-c',
        'mkdir -p "$(dirname "$0")" && printf %s "$1" >"$0"',
        file,
        text,
      )
      if (code !== 0) throw new Error(why)
    },
  }
}

async function readChild(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.trim().split(' ')[0] || '0'
}

/** Groups inside go first; the kernel refuses while a process of theirs is not quite gone. */
async function removeGroup(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeGroup(`${folder}/${entry.name}`)
  }
  await until(
    () =>
      rmdir(folder).then(
        () => true,
        () => undefined,
      ),
    5_000,
  ).catch(() => undefined)
}
