import { useQuery } from "@tanstack/react-query";
import type { OrderAppointment } from "#lib/appointments/appointment-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { appointmentQuery } from "./appointments-queries.ts";

/** What is kept here of the appointment behind a clinic's order; a lab's has none. `isKnown` once that is settled. */
export function useAppointment(order: OrderDetailView): {
  appointment: OrderAppointment | undefined;
  isKnown: boolean;
} {
  const isClinic = order.side === "clinic";
  const { data, isFetched } = useQuery({ ...appointmentQuery(order.id), enabled: isClinic });
  return { appointment: data, isKnown: isFetched || !isClinic };
}
