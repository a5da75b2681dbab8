/** The page that shows the changes between two versions of a repository. */

import { type Change, type Diff, type ModuleChange, SEVERITIES, type Side } from '#diff/change.ts'
import { HEADINGS, placeText, ruleText, summaryOf } from '#diff/wording.ts'
import type { Manifest } from '#store/model.ts'
import { docsHref } from './addresses.ts'
import { counted, formatDate, shortCommit } from './format.ts'
import { Layout, MAIN } from './layout.tsx'
import { Coded } from './parts.tsx'
import { CommitNotice } from './version-notices.tsx'

export interface DiffSide {
  jobId: string
  /** The branch, tag or commit. */
  name: string
  manifest: Manifest
}

export interface DiffPageProps {
  before: DiffSide
  after: DiffSide
  /** The result of `shownOf`; all changes are in the JSON. */
  diff: Diff
  /** The URL of source lines, or `null`. */
  link(which: 'before' | 'after', side: Side): string | null
  asset: (name: string) => string
  /** The notice on one of the commits, or both; see `noticeOf`. */
  notice?: string | undefined
}

const MAX_MODULES = 200

export function DiffPage({ before, after, diff, link, asset, notice }: DiffPageProps) {
  const name = after.manifest.full_name
  const page = (format: string): string => `?format=${format}`
  const numbers = new Map(diff.changes.map((change, index) => [change, index + 1]))
  return (
    <Layout
      title={`${before.name} → ${after.name} · ${name} · docspool`}
      description={`What changed for users of ${name} between ${before.name} and ${after.name}.`}
      kind="plain"
      asset={asset}
    >
      <main id={MAIN} class="diff" tabindex={-1}>
        <CommitNotice notice={notice} />
        <h1>
          {name}: {before.name} → {after.name}
        </h1>
        <p class="origin">
          <Version side={before} /> <span aria-hidden="true">→</span> <Version side={after} />
          <a href={`/diff/${encodeURIComponent(after.jobId)}/${encodeURIComponent(before.jobId)}`}>Other direction</a>
          <a href={page('md')}>Markdown</a>
          <a href={page('json')}>JSON</a>
          <a href={page('atom')}>Atom</a>
        </p>
        <p class={`diff-step diff-step-${diff.step}`}>{summaryOf(diff)}</p>
        {SEVERITIES.map((severity) => {
          const changes = diff.changes.filter((change) => change.severity === severity)
          if (changes.length === 0) return null
          const more = diff.counts[severity] - changes.length
          return (
            <section aria-labelledby={severity}>
              <h2 id={severity}>
                {HEADINGS[severity]} <span class="quiet">{diff.counts[severity]}</span>
              </h2>
              <ul class="diff-list">
                {changes.map((change) => (
                  <Item change={change} number={numbers.get(change) ?? 0} link={link} />
                ))}
              </ul>
              {more > 0 && (
                <p>
                  {counted(more, 'more change')} in <a href={page('json')}>the JSON</a>.
                </p>
              )}
            </section>
          )
        })}
        {diff.modules.length > 0 && (
          <Modules before={before} after={after} modules={diff.modules} json={page('json')} />
        )}
      </main>
    </Layout>
  )
}

function Version({ side }: { side: DiffSide }) {
  const { jobId, name, manifest } = side
  return (
    <span>
      <a href={docsHref(jobId)}>{name}</a> <code>{shortCommit(manifest.commit)}</code>{' '}
      <time datetime={manifest.committed_at}>{formatDate(manifest.committed_at)}</time>
    </span>
  )
}

function Item({ change, number, link }: { change: Change; number: number; link: DiffPageProps['link'] }) {
  return (
    <li class="diff-item" id={`change-${number}`}>
      <code class="diff-name">{change.name}</code> {ruleText(change)}
      {change.detail !== '' && (
        <>
          : <Coded text={change.detail} />
        </>
      )}
      <Place which="before" side={change.before} link={link} />
      <Place which="after" side={change.after} link={link} />
    </li>
  )
}

function Place({ which, side, link }: { which: 'before' | 'after'; side: Side | null; link: DiffPageProps['link'] }) {
  if (side === null) return null
  const href = link(which, side)
  const place = placeText(side)
  return (
    <div class={`diff-place diff-${which}`}>
      <span class="unseen">{which}: </span>
      <code>{side.text}</code> {href === null ? <span class="quiet">{place}</span> : <a href={href}>{place}</a>}
    </div>
  )
}

interface ModulesProps {
  before: DiffSide
  after: DiffSide
  modules: ModuleChange[]
  /** The URL of all changes as JSON. */
  json: string
}

function Modules({ before, after, modules, json }: ModulesProps) {
  const more = modules.length - MAX_MODULES
  return (
    <section aria-labelledby="modules">
      <h2 id="modules">
        Modules <span class="quiet">{modules.length}</span>
      </h2>
      <ul class="diff-list">
        {modules.slice(0, MAX_MODULES).map((module) => (
          <li class="diff-item">
            {module.title}: {module.change}, {counted(module.files.length, 'file')}{' '}
            {module.before !== null && <a href={docsHref(before.jobId, module.before)}>before</a>}{' '}
            {module.after !== null && <a href={docsHref(after.jobId, module.after)}>after</a>}
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p>
          {counted(more, 'more module')} in <a href={json}>the JSON</a>.
        </p>
      )}
    </section>
  )
}
