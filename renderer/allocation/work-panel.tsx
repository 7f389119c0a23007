import { memo } from 'react'
import { AdjustPanel } from './adjust-panel.tsx'
import { type Against, ChangesPanel } from './changes-panel.tsx'
import { EquityPanel } from './equity-panel.tsx'
import type { Cell } from './matrix.tsx'
import { Panel, type PanelTab, panelTabs } from './panel.tsx'
import { horizonOf, rungsOf } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import type { RoundAction, RoundState } from './round-state.ts'
import { WhyPanel } from './why-panel.tsx'

export type WorkPanelProps = {
  readonly state: RoundState
  readonly dispatch: (action: RoundAction) => void
  readonly names: RoundNames
  readonly tierOf: ReadonlyMap<string, number>
  readonly policyName: string
  readonly cell: Cell | null
  readonly tab: PanelTab
  readonly onTab: (tab: PanelTab) => void
  readonly against: Against
  readonly onAgainst: (against: Against) => void
  readonly onGo: (cell: Cell) => void
  readonly onBeside: () => void
}

/** The panel of a round in work. Memoised: it is drawn when what it shows has changed, not at every key. */
export const WorkPanel = memo(function WorkPanel(props: WorkPanelProps) {
  const { state, dispatch, names, tierOf, cell, tab, onTab, onGo } = props
  const { round, solved } = state
  const { inputs, work } = round
  return (
    <Panel
      tabs={panelTabs}
      tab={tab}
      onTab={onTab}
      content={(open) => {
        switch (open) {
          case 'why':
            return (
              <WhyPanel
                cell={cell}
                plan={cell ? solved.items.get(cell.item) : undefined}
                inputs={inputs}
                work={work}
                rungs={rungsOf(inputs, work)}
                horizonDays={horizonOf(inputs, work)}
                names={names}
                onUnpin={(pinned) =>
                  dispatch({ kind: 'pin', changes: [{ unit: pinned.unit, item: pinned.item, packs: null }] })
                }
                onGo={onGo}
              />
            )
          case 'adjust':
            return (
              <AdjustPanel
                state={state}
                dispatch={dispatch}
                policyName={props.policyName}
                names={names}
                item={cell?.item ?? null}
              />
            )
          case 'changes':
            return (
              <ChangesPanel
                state={state}
                dispatch={dispatch}
                names={names}
                tierOf={tierOf}
                against={props.against}
                onAgainst={props.onAgainst}
                onBeside={props.onBeside}
                onGo={onGo}
              />
            )
          case 'equity':
            return (
              <EquityPanel
                inputs={inputs}
                work={work}
                solved={solved}
                tierOf={tierOf}
                names={names}
                item={cell?.item ?? null}
                onGo={onGo}
              />
            )
        }
      }}
    />
  )
})
