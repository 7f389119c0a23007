import { notifications } from '@mantine/notifications'
import { frameText } from '../text/frame.ts'
import { currentLanguage, textIn } from '../text/text.ts'

/** Says in a corner that something is done; what was done stands on the page as well. */
export function showDone(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': textIn(frameText, currentLanguage())('close') } })
}
