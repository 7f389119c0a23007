import { useLocation } from 'wouter'
import { slipNumberOf } from './slip-number.ts'
import { useScanWatch } from './use-scan-watch.ts'

/** A slip's QR code, scanned on whatever page, opens that slip. Not over a dialog: what is being asked there comes first. */
export function ScanAnywhere() {
  const [, go] = useLocation()
  useScanWatch((code) => {
    const number = slipNumberOf(code)
    if (number === null || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return false
    go(`/slips/sign?number=${encodeURIComponent(number)}`)
    return true
  })
  return null
}
