import { NothingHere } from "#components/portal/nothing-here.tsx";

export default function NotFound() {
  return <NothingHere />;
}
