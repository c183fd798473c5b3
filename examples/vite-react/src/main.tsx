import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Sharpen } from './sharpen.tsx';

createRoot(document.getElementById('root')!).render(<StrictMode><Sharpen /></StrictMode>);
