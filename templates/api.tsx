/** The page about the HTTP interface: every request with its parameters, its responses and example commands. */

import { Layout, MAIN, type PageProps } from './layout.tsx'
import { Coded, Command } from './parts.tsx'

export interface ApiField {
  name: string
  /** `integer, 0 to 9`. */
  type: string
  isRequired: boolean
  /** Text between backticks is code; may be empty. */
  about: string
}

export interface ApiAnswer {
  status: string
  about: string
  /** Media types. */
  types: string[]
  headers: string[]
}

export interface ApiRequest {
  /** Unique; used as the fragment of a URL. */
  id: string
  method: string
  path: string
  /** Further paths of the same request. */
  also: string[]
  summary: string
  about: string
  /** Parameters grouped by location: `Path`, `Query`, `Headers`, `Body`; without empty groups. */
  takes: { where: string; fields: ApiField[] }[]
  answers: ApiAnswer[]
  commands: { title: string; line: string }[]
}

export interface ApiPageProps extends PageProps {
  version: string
  /** Text between backticks is code. */
  about: string
  groups: { name: string; requests: ApiRequest[] }[]
}

export function ApiPage({ version, about, groups, asset }: ApiPageProps) {
  return (
    <Layout
      title="HTTP interface · docspool"
      description="Every request that docspool serves, with its parameters, its responses and a command."
      asset={asset}
      kind="plain api"
    >
      <main id={MAIN} tabindex={-1}>
        <h1>HTTP interface</h1>
        <p class="lead">
          <Coded text={about} />
        </p>
        <p>
          Version {version}, as <a href="/openapi.json">OpenAPI 3.1</a>.
        </p>
        <nav aria-label="Requests">
          {groups.map(({ name, requests }) => (
            <details class="requests" open>
              <summary class="requests-name">{name}</summary>
              <ul>
                {requests.map((request) => (
                  <li>
                    <a class="request-link" href={`#${request.id}`}>
                      <Signature {...request} />
                    </a>
                    <span class="quiet">{request.summary}</span>
                  </li>
                ))}
              </ul>
            </details>
          ))}
        </nav>
        {groups.map(({ name, requests }) => (
          <section aria-labelledby={name}>
            <h2 id={name}>{name}</h2>
            {requests.map((request) => (
              <Request {...request} />
            ))}
          </section>
        ))}
      </main>
    </Layout>
  )
}

function Request(request: ApiRequest) {
  const { id, also, summary, about, takes, answers, commands } = request
  return (
    <article class="request" aria-labelledby={id}>
      <h3 id={id}>
        <a class="request-self" href={`#${id}`}>
          <Signature {...request} />
        </a>
      </h3>
      <p>
        {summary}. {about !== '' && <Coded text={about} />}
      </p>
      {also.map((path) => (
        <p class="quiet">
          Also <code>{path}</code>
        </p>
      ))}
      {commands.map(({ title, line }) => (
        <>
          <p class="or request-does">{title}</p>
          <Command line={line} />
        </>
      ))}
      {takes.map(({ where, fields }) => (
        <>
          <h4>{where}</h4>
          <dl class="facts">
            {fields.map(({ name, type, isRequired, about: words }) => (
              <>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>
                  {isRequired && <strong>required </strong>}
                  <span class="quiet">{type}</span>
                  {words !== '' && (
                    <p>
                      <Coded text={words} />
                    </p>
                  )}
                </dd>
              </>
            ))}
          </dl>
        </>
      ))}
      <h4>Responses</h4>
      <dl class="facts">
        {answers.map(({ status, about: words, types, headers }) => (
          <>
            <dt>{status}</dt>
            <dd>
              <Coded text={words} />
              {types.length > 0 && <p class="quiet">{types.join(', ')}</p>}
              {headers.length > 0 && <p class="quiet">{`with ${headers.join(', ')}`}</p>}
            </dd>
          </>
        ))}
      </dl>
    </article>
  )
}

const Signature = ({ method, path }: Pick<ApiRequest, 'method' | 'path'>) => (
  <code>
    <span class={`method method-${method.toLowerCase()}`}>{method}</span> {path}
  </code>
)
