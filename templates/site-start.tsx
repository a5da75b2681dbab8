/** The start page of a site with several versions: it redirects to the first one, and lists all. */

import { raw } from 'hono/html'

export interface SiteStartProps {
  title: string
  /** The first one is opened at once. */
  versions: readonly { name: string; href: string }[]
}

export function SiteStart({ title, versions }: SiteStartProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta
            http-equiv="Content-Security-Policy"
            content="default-src 'none'; form-action 'none'; base-uri 'none'"
          />
          <meta http-equiv="refresh" content={`0; url=${versions[0]?.href ?? ''}`} />
          <title>{title}</title>
        </head>
        <body>
          <h1>{title}</h1>
          <ul>
            {versions.map(({ name, href }) => (
              <li>
                <a href={href}>{name}</a>
              </li>
            ))}
          </ul>
        </body>
      </html>
    </>
  )
}
