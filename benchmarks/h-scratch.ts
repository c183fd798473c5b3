import sharp from 'sharp';
import * as core from '../packages/core/src/blur/index.ts';
const psn=(a,b)=>{let s=0;for(let i=0;i<a.length;i++){const d=Math.min(1,Math.max(0,a[i]))-b[i];s+=d*d}return -10*Math.log10(s/a.length)};
for (const k of ['01','07','23']) {
 const {data,info}=await sharp(`../shared/data/kodak24/${k}.png`).extract({left:100,top:100,width:320,height:320}).raw().toBuffer({resolveWithObject:true});
 const image={width:320,height:320,channels:3 as const,data:Float32Array.from(data,v=>v/255),transfer:'srgb' as const};
 for (const sigma of [1,1.6,3]) for (const noise of [0.003,0.01,0.03]) {
  const b=await core.blur(image,{psf:`gaussian:${sigma}`,noise,space:'srgb'});
  const out=[];
  for (const r of [1e-4,3e-4,1e-3,3e-3,1e-2,3e-2,.1]) out.push(psn((await core.inverseHeat(b,{sigma,regularisation:r,space:'srgb'})).data,image.data).toFixed(2));
  console.log(k,sigma,noise,'blurred',psn(b.data,image.data).toFixed(2),'inv',out.join(' '), 'shock',psn(core.shockFilter(b,{space:'srgb',iterations:3}).data,image.data).toFixed(2),'dir',psn(core.directionalDiffusion(b,{space:'srgb',iterations:5}).data,image.data).toFixed(2));
 }
}
