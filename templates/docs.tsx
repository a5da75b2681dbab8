/** A page of the documentation: the tree, the document, its contents, and which commit of which repository it is about. */

import { raw } from 'hono/html'
import type { JobView } from '#queue/contract.ts'
import type { Manifest, SetPage, TreeNode } from '#store/model.ts'
import { docsHref, jobHref } from './addresses.ts'
import { counted, formatDate, shortCommit, stateOf } from './format.ts'
import { Layout, MAIN, type PageProps } from './layout.tsx'
import { type OutlineItem, outlineOf, trailOf } from './outline.ts'
import { RepositoryLink } from './parts.tsx'
import { Sidebar } from './sidebar.tsx'

export interface DocsPageProps extends PageProps {
  job: JobView
  manifest: Manifest
  /** One of the manifest's pages. */
  page: SetPage
  /** What `renderMarkdown` made of the page: sanitised, and the only text here that is not escaped. */
  bodyHtml: string
}

/** The tree of a set is that of its modules. */
const OVERVIEW: TreeNode = { title: 'Overview', file: 'overview.md', children: [] }

export function DocsPage({ job, manifest, page, bodyHtml, asset }: DocsPageProps) {
  const outline = outlineOf([OVERVIEW, ...manifest.tree], page.file)
  const name = page.module === null ? manifest.full_name : `${page.title} · ${manifest.full_name}`
  return (
    <Layout
      title={`${name} · docspool`}
      description={`Documentation of ${manifest.full_name} at commit ${shortCommit(manifest.commit)}.`}
      asset={asset}
      styles={['docs.css']}
      scripts={['docs.js']}
      kind="docs"
      bar={
        <a class="bar-title" href={docsHref(job.job_id)}>
          {manifest.full_name}
        </a>
      }
    >
      <Sidebar jobId={job.job_id} outline={outline} />
      <main id={MAIN} tabindex={-1}>
        <Notice job={job} />
        <Trail jobId={job.job_id} trail={trailOf(outline)} title={page.title} />
        <Origin job={job} manifest={manifest} page={page} />
        <Contents page={page} />
        <article class="prose" data-document>
          {raw(bodyHtml)}
        </article>
        <Neighbours jobId={job.job_id} pages={manifest.pages} file={page.file} />
        <Colophon manifest={manifest} />
      </main>
    </Layout>
  )
}

function Notice({ job }: { job: JobView }) {
  const state = stateOf(job)
  if (state === 'completed' || state === 'cancelled') return null
  const words =
    state === 'failed'
      ? 'The last attempt to update this documentation failed; this is the version before it.'
      : 'A newer version of this documentation is being made; this is the one before it.'
  return (
    <aside class={state === 'failed' ? 'notice notice-bad' : 'notice'} aria-label="About this version">
      {words} <a href={jobHref(job.job_id)}>{state === 'failed' ? 'See why' : 'See how far it is'}</a>
    </aside>
  )
}

function Trail({ jobId, trail, title }: { jobId: string; trail: OutlineItem[]; title: string }) {
  if (trail.length === 0) return null
  return (
    <nav class="trail" aria-label="Breadcrumbs">
      <ol>
        {trail.map((item) => (
          <li>
            <a href={docsHref(jobId, item.file)}>{item.title}</a>
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  )
}

/** What the page was made from, so that it can be checked. */
function Origin({ job, manifest, page }: { job: JobView; manifest: Manifest; page: SetPage }) {
  const href = manifest.commit_url
  const short = <code>{shortCommit(manifest.commit)}</code>
  return (
    <p class="origin">
      <RepositoryLink repoUrl={manifest.repo_url} withHost />
      <span>
        Commit{' '}
        {href === null ? (
          short
        ) : (
          <a href={href} rel="noopener noreferrer">
            {short}
          </a>
        )}
      </span>
      <time datetime={manifest.committed_at}>{formatDate(manifest.committed_at)}</time>
      <a href={`${docsHref(job.job_id)}${encodeURIComponent(page.file)}?format=md`}>Markdown</a>
      <a href={jobHref(job.job_id)}>Job</a>
    </p>
  )
}

function Contents({ page }: { page: SetPage }) {
  const headings = page.headings.filter((heading) => heading.depth === 2 || heading.depth === 3)
  if (headings.length < 2) return null
  return (
    <div class="contents">
      <input class="unseen contents-switch" type="checkbox" id="Contents" aria-label="Show what is on this page" />
      <label class="contents-button" for="Contents" aria-hidden="true">
        On this page
      </label>
      <nav aria-label="On this page" data-contents>
        <ol>
          {headings.map((heading) => (
            <li class={`depth-${heading.depth}`}>
              <a href={`#${heading.id}`}>{heading.text}</a>
            </li>
          ))}
        </ol>
      </nav>
    </div>
  )
}

function Neighbours({ jobId, pages, file }: { jobId: string; pages: SetPage[]; file: string }) {
  const index = pages.findIndex((page) => page.file === file)
  const before = index > 0 ? pages[index - 1] : undefined
  const after = index === -1 ? undefined : pages[index + 1]
  if (before === undefined && after === undefined) return null
  return (
    <nav class="neighbours" aria-label="Pages before and after">
      {before !== undefined && (
        <a class="neighbour" rel="prev" href={docsHref(jobId, before.file)}>
          <span class="quiet">Before</span>
          {before.title}
        </a>
      )}
      {after !== undefined && (
        <a class="neighbour neighbour-after" rel="next" href={docsHref(jobId, after.file)}>
          <span class="quiet">Next</span>
          {after.title}
        </a>
      )}
    </nav>
  )
}

function Colophon({ manifest }: { manifest: Manifest }) {
  const { files, components, edges } = manifest.statistics
  const writer = manifest.main_model === 'offline' ? 'static analysis' : `static analysis and ${manifest.main_model}`
  return (
    <footer class="colophon quiet">
      {`Written by ${writer} from ${counted(files, 'file')}, ${counted(components, 'component')} and ${counted(edges, 'reference')}`}
      {` · docspool ${manifest.generator_version}`}
    </footer>
  )
}
