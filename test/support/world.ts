/** A git server with repositories and a docspool that may clone from it, for tests of the whole product. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type RunningDocspool, startDocspool } from './docspool.ts'
import { type GitHttpServer, startGitHttp } from './git-http.ts'

export interface World {
  git: GitHttpServer
  docspool: RunningDocspool
  origin: string
  /** Folder of the repositories: `<root>/<owner>/<name>.git`. */
  root: string
  /** The address of a repository. */
  urlOf(name: string): string
  close(): Promise<void>
}

type Environment = Record<string, string>

/** @param env - Settings, which may depend on where the git server is. */
export async function createWorld(env: Environment | ((git: GitHttpServer) => Environment) = {}): Promise<World> {
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-git-'))
  const git = await startGitHttp(root)
  const docspool = await startDocspool({
    DOCSPOOL_ALLOW_PRIVATE_NETWORKS: 'true',
    DOCSPOOL_ALLOWED_HOSTS: `127.0.0.1:${git.port}`,
    DOCSPOOL_SOURCE_LINKS: `127.0.0.1:${git.port}=github`,
    ...(typeof env === 'function' ? env(git) : env),
  })
  return {
    git,
    docspool,
    origin: docspool.origin,
    root,
    urlOf: (name) => `${git.url}/test/${name}`,
    async close() {
      await docspool.stop()
      await git.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
