/**
 * The tree of pages beside a document; on a narrow screen it is a drawer. Folding and the drawer need no JavaScript; the
 * filter does, and is hidden without it.
 */

import { docsHref } from './addresses.ts'
import type { OutlineItem } from './outline.ts'

export function Sidebar({ jobId, outline }: { jobId: string; outline: OutlineItem[] }) {
  return (
    <nav class="pages" aria-label="Pages">
      <input class="unseen drawer-switch" type="checkbox" id="Drawer" aria-label="Show the list of pages" />
      <label class="button drawer-button" for="Drawer" aria-hidden="true">
        Pages
      </label>
      <label class="drawer-shade" for="Drawer" aria-hidden="true">
        Hide the list
      </label>
      <div class="sidebar">
        <div class="filter" hidden data-filter>
          <label class="unseen" for="Filter">
            Filter the pages
          </label>
          <input id="Filter" type="search" placeholder="Filter pages" autocomplete="off" spellcheck={false} />
          <kbd>/</kbd>
        </div>
        <Level jobId={jobId} items={outline} />
        <p class="quiet" data-no-match hidden>
          No page matches.
        </p>
      </div>
    </nav>
  )
}

/** Recursion is bounded: `outlineOf` limits the depth. */
function Level({ jobId, items }: { jobId: string; items: OutlineItem[] }) {
  return (
    <ul class="tree">
      {items.map((item) => (
        <li>
          <a href={docsHref(jobId, item.file)} aria-current={item.isCurrent ? 'page' : undefined}>
            {item.title}
          </a>
          {item.children.length > 0 && (
            <details open={item.isOpen}>
              <summary aria-label={`Pages below ${item.title}`}></summary>
              <Level jobId={jobId} items={item.children} />
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}
