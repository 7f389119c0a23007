import { useLocation } from 'wouter'
import { useScanner } from '../scan/use-scanner.ts'
import { beginsSlipNumber, slipNumberOf } from './slip-number.ts'

/** A slip's QR code, scanned on whatever page, opens that slip. Not over a dialog: what is being asked there comes first. */
export function ScanAnywhere() {
  const [, go] = useLocation()
  useScanner(
    (code) => {
      const number = slipNumberOf(code)
      if (number === null || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return false
      go(`/slips/sign?number=${encodeURIComponent(number)}`)
      return true
    },
    true,
    beginsSlipNumber,
  )
  return null
}
