'use client';
/** What stands under a finished run, and what is at hand wherever its cursor is. */
import type { ReactNode } from 'react';
import { BranchKeys, UnderRun as Changes } from '@/components/fork';
import { BeliefStrip, LensPanel } from '@/components/lenses';

export function UnderRun(): ReactNode {
  return (
    <>
      <Changes />
      <LensPanel />
    </>
  );
}

export function BesideRun(): ReactNode {
  return (
    <>
      <BranchKeys />
      <BeliefStrip />
    </>
  );
}
