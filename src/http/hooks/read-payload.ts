/** Reads the payloads of webhooks, in the formats that forges document. Only payloads of verified senders are read. Pure. */

import { z } from 'zod'
import type { Forge, HookSource } from './forges.ts'

/** What a webhook reports. */
export type HookNews = NoPush | Push

interface NoPush {
  is: 'ping' | 'not_a_push'
}

interface Push {
  is: 'push' | 'branch_deleted' | 'renamed'
  /** Possible URLs of the repository, to compare with followed ones. */
  addresses: string[]
}

/** Hosts in the sender's scope, for payloads without a host. */
type Hosts = readonly string[]

const MAX_CHANGES = 100
const MAX_ADDRESSES = 12
const ZEROS = /^0{40,64}$/

const Text = z.string().max(4_000)
const text = Text.nullish().catch(undefined)
const part = <T extends z.ZodRawShape>(shape: T) => z.object(shape).nullish().catch(undefined)
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? value.slice(0, MAX_CHANGES) : []),
    z.array(item.nullish().catch(undefined)),
  )

/** GitHub, Gitea and Forgejo. */
const OfGithub = z.object({
  ref: text,
  after: text,
  deleted: z.boolean().nullish().catch(undefined),
  action: text,
  repository: part({ clone_url: text, html_url: text, url: text }),
})
const OfGitlab = z.object({
  object_kind: text,
  event_name: text,
  after: text,
  project: part({ git_http_url: text, web_url: text, http_url: text }),
  repository: part({ git_http_url: text, homepage: text }),
})
const Clone = z.object({ href: text })
/** Bitbucket Cloud and Data Center. */
const OfBitbucket = z.object({
  push: part({ changes: list(z.object({ new: z.unknown().optional() })) }),
  changes: z.unknown().optional(),
  repository: part({
    slug: text,
    project: part({ key: text }),
    links: part({ html: part({ href: text }), clone: list(Clone) }),
  }),
})
const ServerChanges = list(z.object({ type: text }))
const OfAzure = z.object({
  eventType: text,
  resource: part({
    refUpdates: list(z.object({ newObjectId: text })),
    repository: part({ remoteUrl: text, webUrl: text }),
  }),
})
const Plain = z.object({ repo_url: Text })

/** @returns `undefined` for a payload in another format. */
export function readNews({ forge, event }: HookSource, payload: unknown, hosts: Hosts): HookNews | undefined {
  return READERS[forge](payload, event.toLowerCase(), hosts)
}

type Reader = (payload: unknown, event: string, hosts: Hosts) => HookNews | undefined

const READERS: Readonly<Record<Forge, Reader>> = {
  github: readGithub,
  gitea: readGithub,
  gitlab: readGitlab,
  bitbucket: readBitbucket,
  azure: readAzure,
  plain(payload) {
    const { data } = Plain.safeParse(payload)
    return data && { is: 'push', addresses: [data.repo_url] }
  },
}

function readGithub(payload: unknown, event: string): HookNews | undefined {
  if (event === 'ping') return { is: 'ping' }
  const { data } = OfGithub.safeParse(payload)
  if (data === undefined) return undefined
  const { ref, after, deleted, action, repository } = data
  const addresses = webAddresses(repository?.clone_url, repository?.html_url, repository?.url)
  if (event === 'repository' && /^(?:renamed|transferred)$/.test(action ?? '')) return { is: 'renamed', addresses }
  if (event === 'delete') return { is: 'branch_deleted', addresses }
  if (event !== 'push') return { is: 'not_a_push' }
  if (ref == null) return undefined
  return { is: deleted === true || ZEROS.test(after ?? '') ? 'branch_deleted' : 'push', addresses }
}

function readGitlab(payload: unknown): HookNews | undefined {
  const { data } = OfGitlab.safeParse(payload)
  if (data === undefined) return undefined
  const kind = data.object_kind ?? data.event_name ?? ''
  const { project, repository, after } = data
  const addresses = webAddresses(
    project?.git_http_url,
    project?.web_url,
    project?.http_url,
    repository?.git_http_url,
    repository?.homepage,
  )
  if (/^project_(?:rename|transfer)$/.test(kind)) return { is: 'renamed', addresses }
  if (!/^(?:push|tag_push|repository_update)$/.test(kind)) return { is: 'not_a_push' }
  return { is: ZEROS.test(after ?? '') ? 'branch_deleted' : 'push', addresses }
}

function readBitbucket(payload: unknown, event: string, hosts: Hosts): HookNews | undefined {
  if (event === 'diagnostics:ping') return { is: 'ping' }
  const { data } = OfBitbucket.safeParse(payload)
  if (data === undefined) return undefined
  const { slug, project, links } = data.repository ?? {}
  const path = slug != null && project?.key != null ? `scm/${project.key}/${slug}` : undefined
  const addresses = webAddresses(
    links?.html?.href,
    ...(links?.clone ?? []).map((clone) => clone?.href),
    ...(path === undefined ? [] : hosts.map((host) => `https://${host}/${path}`)),
  )
  if (/^(?:repo:modified|repo:updated|project:modified|repo:transfer)$/.test(event)) return { is: 'renamed', addresses }
  if (event === 'repo:push')
    return ofChanges(
      (data.push?.changes ?? []).map((change) => change?.new == null),
      addresses,
    )
  if (event !== 'repo:refs_changed' && event !== 'mirror:repo_synchronized') return { is: 'not_a_push' }
  const changes = ServerChanges.safeParse(data.changes).data ?? []
  return ofChanges(
    changes.map((change) => change?.type === 'DELETE'),
    addresses,
  )
}

function readAzure(payload: unknown): HookNews | undefined {
  const { data } = OfAzure.safeParse(payload)
  if (data === undefined || data.eventType == null) return undefined
  const { refUpdates = [], repository } = data.resource ?? {}
  const addresses = webAddresses(repository?.remoteUrl, repository?.webUrl)
  if (data.eventType === 'git.repo.renamed') return { is: 'renamed', addresses }
  if (data.eventType !== 'git.push') return { is: 'not_a_push' }
  return ofChanges(
    refUpdates.map((update) => ZEROS.test(update?.newObjectId ?? '')),
    addresses,
  )
}

/** @param deletions - For each branch or tag that changed, whether it was deleted. */
function ofChanges(deletions: readonly boolean[], addresses: string[]): HookNews {
  const isDeleted = deletions.length > 0 && deletions.every((each) => each)
  return { is: isDeleted ? 'branch_deleted' : 'push', addresses }
}

/** The web addresses among the texts, without user names, which are not used to find a repository. */
function webAddresses(...texts: (string | null | undefined)[]): string[] {
  const found = texts.flatMap((one) => {
    const url = one != null && /^https?:\/\//i.test(one) && URL.canParse(one) ? new URL(one) : undefined
    if (url === undefined) return []
    url.username = ''
    url.password = ''
    return [url.href]
  })
  return [...new Set(found)].slice(0, MAX_ADDRESSES)
}
