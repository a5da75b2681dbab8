/**
 * The tree of pages beside a document; on a narrow screen it is a drawer. Folding and the drawer need no JavaScript; the
 * filter and the memory of what was folded do.
 */

import type { DocsLinks } from './links.ts'
import type { OutlineItem } from './outline.ts'

export interface SidebarProps {
  links: DocsLinks
  outline: OutlineItem[]
  /** Under which a browser remembers what was folded. */
  setKey: string
}

export function Sidebar({ links, outline, setKey }: SidebarProps) {
  return (
    <nav class="pages" aria-label="Pages">
      <input class="unseen drawer-switch" type="checkbox" id="Drawer" aria-label="Show the list of pages" />
      <label class="button drawer-button" for="Drawer" aria-hidden="true">
        Pages
      </label>
      <label class="drawer-shade" for="Drawer" aria-hidden="true">
        Hide the list
      </label>
      <div class="sidebar" data-tree={setKey}>
        <div class="filter js-only" hidden data-filter>
          <label class="unseen" for="Filter">
            Filter the pages
          </label>
          <input id="Filter" type="search" placeholder="Filter pages" autocomplete="off" spellcheck={false} />
        </div>
        <Level links={links} items={outline} />
        <p class="quiet" data-no-match hidden>
          No page matches.
        </p>
      </div>
    </nav>
  )
}

/** Recursion is bounded: `outlineOf` limits the depth. */
function Level({ links, items }: { links: DocsLinks; items: OutlineItem[] }) {
  return (
    <ul class="tree">
      {items.map((item) => (
        <li>
          <a href={links.page(item.file)} aria-current={item.isCurrent ? 'page' : undefined}>
            {item.title}
          </a>
          {item.children.length > 0 && (
            <details open={item.isOpen} data-page={item.file}>
              <summary aria-label={`Pages below ${item.title}`}></summary>
              <Level links={links} items={item.children} />
            </details>
          )}
          {item.hidden > 0 && (
            <span class="tree-more">
              {item.hidden}
              <span class="unseen">{item.hidden === 1 ? ' page below' : ' pages below'}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
