import { Button } from '@mantine/core'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { frameText } from '../text/frame.ts'
import { useText } from '../text/text.ts'

type Props = { readonly children: ReactNode }

/** A page that throws leaves the frame, the ledger and the other pages as they are. */
export class Boundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error('a page failed', error, info.componentStack)
  }

  override render() {
    return this.state.error === null ? this.props.children : <Crashed error={this.state.error} />
  }
}

function Crashed({ error }: { readonly error: Error }) {
  const t = useText(frameText)
  return (
    <div role="alert" style={{ padding: '2rem' }}>
      <h1>{t('crashed')}</h1>
      <p>{t('crashedHint')}</p>
      <pre>{error.message}</pre>
      <Button onClick={() => location.reload()}>{t('reload')}</Button>
    </div>
  )
}
