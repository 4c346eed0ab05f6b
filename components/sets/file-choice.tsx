'use client';
/** Buttons that choose files or a folder from disk, by their paths. */
import { FolderOpen, FilePlus2 } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { GivenFile } from '@/lib/formats';

interface FileChoiceProps {
  readonly label: ReactNode;
  readonly folder?: boolean;
  readonly weight?: 'primary' | 'outline' | 'quiet';
  readonly small?: boolean;
  readonly single?: boolean;
  readonly onFiles: (files: readonly GivenFile[]) => void;
}

export function FileChoice({
  label,
  folder = false,
  weight = 'outline',
  small = false,
  single = false,
  onFiles,
}: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const Icon = folder ? FolderOpen : FilePlus2;
  return (
    <>
      <Button weight={weight} size={small ? 'small' : 'medium'} onClick={() => input.current?.click()}>
        <Icon size={small ? 15 : 17} aria-hidden />
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!single}
        {...(folder && { webkitdirectory: '' })}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])].map((file) => ({
            path: file.webkitRelativePath || file.name,
            file,
          }));
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
