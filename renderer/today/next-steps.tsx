import { Button, Paper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useMe } from '../frame/me.ts'
import { api } from '../query.ts'
import { useText } from '../text/text.ts'
import { todayText } from '../text/today.ts'
import styles from './today.module.css'

const steps = [
  { href: '/items/intake', text: 'stepItems', done: 'items' },
  { href: '/units/intake', text: 'stepUnits', done: 'units' },
  { href: '/stock/intake', text: 'stepStock', done: 'stock' },
] as const

/** What a district that began with nothing does first: its items, its units and what is on its shelves, from any list. */
export function NextSteps() {
  const t = useText(todayText)
  const me = useMe()
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const units = useQuery(api.unit.list.queryOptions({ input: { archived: false } }))
  const postings = useQuery(api.ledger.list.queryOptions({ input: { kinds: null, before: null, limit: 1 } }))
  if (!me.can('manager') || items.data === undefined || units.data === undefined || postings.data === undefined)
    return null
  const has = { items: items.data.length > 0, units: units.data.length > 0, stock: postings.data.length > 0 }
  // Once the books have begun, everybody knows where lists come in.
  if (has.stock) return null
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="next-steps" className={styles.steps}>
      <h2 id="next-steps">{t('stepsTitle')}</h2>
      <p>{t('stepsLead')}</p>
      <div className={styles.stepButtons}>
        {steps.map(({ href, text, done }) => (
          <Button key={href} component={Link} href={href} variant={has[done] ? 'default' : 'filled'}>
            {t(has[done] ? 'stepDone' : 'stepOpen', { step: t(text) })}
          </Button>
        ))}
      </div>
    </Paper>
  )
}
